import { count, counted } from '../amounts';
import { runNames } from '../comparison/names';
import { hasEnded } from '../ended';
import { PRESET_WORDS } from '../presets';
import { isPretrained, networkTitle, PRETRAINED, pretrainedRun } from '../pretrained';
import type { Evaluation, Measure, Run, WeightsFile } from '../records';
import type { SearchEvaluation } from './search_evaluation';

/** The encoder that every data set can be embedded with before anything was trained. */
export const UNTRAINED = 'untrained';

/** What a data set's pictures can be embedded with, or were. */
export interface Encoder {
  /** The string its embeddings are stored under. */
  id: string;
  kind: 'run' | 'bundled' | 'file' | 'untrained';
  name: string;
  /** Where it comes from, in words. */
  origin: string;
  /** Of a run that was trained on after it embedded, 'embedded at step 200, trained to step 300 since'; else null. */
  stale: string | null;
  /** Its embeddings are stored: it can search. */
  embedded: boolean;
  bytes: number;
  /** By labels as it searches; where no labels tell pictures apart, by views. */
  measures: readonly Measure[];
  run: Run | null;
}

/** All that the list is made from. */
export interface Facts {
  /** With the newest evaluation of each, in any order. */
  runs: readonly { run: Run; evaluation: Evaluation | null }[];
  /** Encoder id -> step of its stored embeddings. */
  embedded: ReadonlyMap<string, number>;
  /** Of encoders that are no runs. */
  baselines: readonly Evaluation[];
  weights: readonly WeightsFile[];
  bytes: ReadonlyMap<string, number>;
  /** What they are worth for search; null until that is known. */
  search: SearchEvaluation | null;
}

const staleWords = (step: number | undefined, run: Run): string | null =>
  step !== undefined && run.step > step
    ? `embedded at step ${count(step)}, trained to step ${count(run.step)} since`
    : null;

/** 'MoCo v2 from InceptionV3, 300 steps' */
function runOrigin({ config, step, status }: Run): string {
  const { start } = config;
  const from =
    start === null ? 'random weights' : networkTitle(pretrainedRun('bundled' in start ? start.bundled : start.name));
  return `${PRESET_WORDS[config.preset].title} from ${from}, ${counted(step, 'step')}${hasEnded({ status }) ? '' : ', not ended'}`;
}

/** Every encoder of a data set: runs first, newest first, then what comes with the page, files, and the untrained one. */
export function listEncoders({ runs, embedded, baselines, weights, bytes, search }: Facts): Encoder[] {
  const names = runNames(runs.map(({ run }) => run));
  const measured = (id: string, evaluation: Evaluation | null | undefined): readonly Measure[] =>
    search?.column === null
      ? (evaluation?.measures.filter(({ name }) => name === 'two-view R@1') ?? [])
      : (search?.of[id]?.measures ?? []);
  const baseline = (id: string) => baselines.find(({ of }) => of === (id === UNTRAINED ? 'untrained encoder' : id));
  const sizes = new Map(weights.map(({ name, size }) => [pretrainedRun(name) as string, size]));
  const stored = (id: string): number => (bytes.get(id) ?? 0) + (sizes.get(id) ?? 0);
  const common = (id: string) => ({
    id,
    embedded: embedded.has(id),
    stale: null,
    bytes: stored(id),
    measures: measured(id, baseline(id)),
    run: null,
  });
  const trained = runs
    .toSorted((a, b) => b.run.createdAt - a.run.createdAt)
    .map(
      ({ run, evaluation }): Encoder => ({
        id: run.id,
        kind: 'run',
        name: run.name ?? names.get(run.id) ?? run.id,
        origin: runOrigin(run),
        stale: staleWords(embedded.get(run.id), run),
        embedded: embedded.has(run.id),
        bytes: stored(run.id),
        measures: measured(run.id, evaluation),
        run,
      }),
    );
  const bundled = PRETRAINED.toReversed().map(
    ({ name, title, trainedOn }): Encoder => ({
      ...common(pretrainedRun(name)),
      kind: 'bundled',
      name: title,
      origin: `Comes with the page: ${trainedOn}`,
    }),
  );
  // Files that embedded this data set, also those whose weights are gone, and those that may.
  const files = new Set([...embedded.keys()].filter(isPretrained).map(networkTitle));
  for (const { name } of weights) files.add(name);
  for (const { title } of PRETRAINED) files.delete(title);
  const given = [...files].map(
    (name): Encoder => ({
      ...common(pretrainedRun(name)),
      kind: 'file',
      name,
      origin: 'A file of weights, as it is',
    }),
  );
  const untrained: Encoder = {
    ...common(UNTRAINED),
    kind: 'untrained',
    name: 'Untrained encoder',
    origin: 'Random weights: what training from nothing begins with',
  };
  return [...trained, ...bundled, ...given, ...(embedded.has(UNTRAINED) ? [untrained] : [])];
}
