import { COMMON } from '../core/columns';
import { upToDate } from '../core/methods';
import type { Dataset, Evaluation, History, ProbeRows, Run, WeightsFile } from '../core/records';
import type { CheckpointHead, ImageRow, RowShard, StoredEmbeddings } from './schema';

// What plain records must hold to be used. Browsers hand out damaged records without a word, and what is read of one
// reaches the whole page: every reading function asks here, and leaves out what does not fit.

type Test = (value: unknown) => boolean;

const text: Test = (value) => typeof value === 'string';
const number: Test = (value) => typeof value === 'number';
const flag: Test = (value) => typeof value === 'boolean';
const whole: Test = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const maybe =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);
const orNull =
  (test: Test): Test =>
  (value) =>
    value === null || test(value);
const list =
  (of: Test): Test =>
  (value) =>
    Array.isArray(value) && value.every(of);
const object: Test = (value) => typeof value === 'object' && value !== null;
const named =
  (of: Test): Test =>
  (value) =>
    object(value) && Object.values(value as object).every(of);
const record =
  (fields: Readonly<Record<string, Test>>): Test =>
  (value) =>
    object(value) && Object.entries(fields).every(([name, test]) => test((value as Record<string, unknown>)[name]));

/** Told of what is left out, in words: 'The data set Birds'. */
export type Aside = (what: string) => void;

/** Without these the pictures cannot be found; the other fields of a data set can be done without. */
const DATASET = record({
  id: text,
  name: text,
  createdAt: number,
  count: whole,
  storedSide: whole,
  medianSide: number,
  complete: flag,
});
const SEARCH_VIEW = record({ refined: flag, grouped: flag });

export const isLabelCounts = named(whole);

/** A data set with what is damaged of it left out; null where too much is. */
export function soundDataset(stored: Dataset): Dataset | null {
  if (!DATASET(stored)) return null;
  const { labels, pins, setAside, removed, searchView, searchWith, undecided, blindTests, ...rest } = stored;
  const counts = (value: unknown): number => (whole(value) ? (value as number) : 0);
  const rowsOf = (value: unknown): number[] =>
    Array.isArray(value) ? value.filter((row) => whole(row) && row < rest.count) : [];
  const sound: Dataset = {
    ...rest,
    ...{ duplicates: counts(rest.duplicates), refused: counts(rest.refused), bytes: counts(rest.bytes) },
    labels: isLabelCounts(labels) ? labels : {},
    pins: rowsOf(pins),
  };
  if (setAside) sound.setAside = rowsOf(setAside);
  if (removed) sound.removed = rowsOf(removed);
  if (SEARCH_VIEW(searchView)) sound.searchView = searchView;
  if (text(searchWith)) sound.searchWith = searchWith;
  if (text(undecided)) sound.undecided = undecided;
  if (list(object)(blindTests)) sound.blindTests = blindTests;
  return sound;
}

const RUN = record({
  id: text,
  name: maybe(text),
  dataset: text,
  config: record({
    ...{ method: text, backbone: text, side: whole, batch: whole, dim: number, seed: number },
    ...{ steps: orNull(number), learningRate: number, augmentation: object },
  }),
  status: text,
  createdAt: number,
  step: whole,
  seconds: number,
});

/** A run as it is understood today, whenever it was stored; null where it is damaged. */
export function soundRun(stored: Run): Run | null {
  if (!object(stored) || !object(stored.config)) return null;
  const run = { ...stored, config: upToDate(stored.config) };
  return RUN(run) ? run : null;
}

const EVALUATION = record({
  of: text,
  step: whole,
  measures: list(record({ name: text, value: number, protocol: text })),
});
const PROBES = record({
  step: whole,
  probes: list(record({ row: whole, neighbours: list(record({ row: whole, similarity: number })) })),
});

const EMBEDDINGS = record({ dataset: text, run: text, step: whole, count: whole, dim: whole, about: text });
/** What is known of embeddings, or null where it is damaged. */
export const soundEmbeddings = (stored: StoredEmbeddings | undefined): StoredEmbeddings | null =>
  stored && EMBEDDINGS(stored) && stored.checks instanceof Uint32Array ? stored : null;

const all = <T>(stored: unknown, test: Test): T[] => (Array.isArray(stored) ? stored.filter(test) : []);
export const soundEvaluations = (stored: unknown): Evaluation[] => all(stored, EVALUATION);
export const soundProbes = (stored: unknown): ProbeRows[] => all(stored, PROBES);

const HEAD = record({ step: whole, pointer: whole, seconds: number, names: list(text), coolDown: orNull(object) });
export const isCheckpointHead = (stored: unknown): stored is CheckpointHead => HEAD(stored);

/**
 * What is left of a history that is damaged, or null, with columns of so many steps: what is not known of them is not
 * a number.
 */
export function soundHistory(run: string, step: number, stored: History | null): History {
  const known = Object.entries(stored?.steps ?? {}).filter(([, values]) => values instanceof Float32Array);
  const columns = new Map([...COMMON.map((name) => [name, new Float32Array()] as const), ...known]);
  const steps = [...columns].map(([name, values]) => {
    const column = new Float32Array(step).fill(Number.NaN);
    column.set(values.subarray(0, step));
    return [name, column];
  });
  const before = <T extends { step: number }>(some: T[]): T[] => some.filter((one) => one.step <= step);
  return {
    run,
    steps: Object.fromEntries(steps) as History['steps'],
    ...(list(number)(stored?.divergence) ? { divergence: stored?.divergence } : {}),
    evaluations: before(soundEvaluations(stored?.evaluations)),
    probes: before(soundProbes(stored?.probes)),
  };
}

const COLUMN = record({ kind: text, name: text, values: list(orNull((value) => text(value) || number(value))) });
export const isLabelRecord: Test = record({ name: text, column: COLUMN });

const START = record({
  name: text,
  sha256: text,
  addedAt: number,
  encoder: record({ backbone: text, width: number, stem: text }),
});
export const isWeightsFile = (stored: unknown): stored is WeightsFile => START(stored);

export const isRefusal: Test = record({ path: text, fileBytes: number, reason: text });

const ROW = record({
  ...{ row: whole, path: text, label: orNull(text), sha256: text },
  ...{ width: number, height: number, fileBytes: number, copies: list(text) },
});
/** Whether rows can be told apart in the record; each of them may be damaged all the same. */
export const isRowShard = (stored: RowShard | undefined): stored is RowShard => Array.isArray(stored?.rows);
export const isImageRow = (stored: unknown, row: number): stored is ImageRow =>
  ROW(stored) && (stored as ImageRow).row === row;
