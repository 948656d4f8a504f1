import { Fault } from '../core/fault';
import type { EmbeddingTable, Evaluation } from '../core/records';
import { below } from './below';
import type { Database } from './connection';
import { checkOf, PART_ROWS, partsOf } from './embedding_parts';
import { goneFault, guarded, readable, transact } from './failure';
import { GrowingEmbeddings, type Making } from './growing_embeddings';
import type { StoredEmbeddings } from './schema';
import { soundEmbeddings, soundEvaluations } from './sound';

/** What is known of embeddings without reading them. */
export type EmbeddingHead = Omit<EmbeddingTable, 'values'>;

/** Keeps a run's embeddings; those of an earlier step give way, those of a later step stay unless `whatever`. */
export async function saveEmbeddings(db: Database, table: EmbeddingTable, making: Making = {}): Promise<void> {
  const { values, count, ...whose } = table;
  if (values.length !== count * whose.dim) throw new Error(`${values.length} values are not [${count}, ${whose.dim}]`);
  await GrowingEmbeddings.make(db, whose, making, async (rows) => {
    await rows.add(values);
    await rows.publish();
  });
}

/**
 * Reads the newest embeddings of a run, or of the untrained encoder (run 'untrained'), part by part: each of `takes`, one after
 * the other, gets the values of all rows: those of first, first + 1, ..., then of the next part. Null: not computed yet.
 * @throws Fault 'data' when they are damaged
 */
export async function readEmbeddings(
  db: Database,
  dataset: string,
  run: string,
  ...takes: ((part: Float32Array, first: number, head: EmbeddingHead) => void)[]
): Promise<EmbeddingHead | null> {
  return guarded('reading embeddings', async () => {
    const tx = db.transaction(['embeddings', 'embeddingParts']);
    const stored = await readable(tx.objectStore('embeddings').get([dataset, run]));
    if (stored === undefined) return null;
    const sound = soundEmbeddings(stored);
    if (!sound) throw damaged(run);
    const { checks, parts, ...head } = sound;
    for (const [again, take] of takes.entries())
      for (let first = 0; first < head.count; first += PART_ROWS) {
        const part = await readable(tx.objectStore('embeddingParts').get([...partsOf(sound), first]));
        const rows = Math.min(PART_ROWS, head.count - first);
        if (part?.bytes?.byteLength !== 4 * rows * head.dim) throw damaged(head.about);
        if (again === 0 && checkOf(part.bytes) !== checks[first / PART_ROWS]) throw damaged(head.about);
        take(new Float32Array(part.bytes), first, head);
      }
    return head;
  });
}

const damaged = (about: string): Fault =>
  new Fault(
    'data',
    `The stored embeddings (${about}) are damaged.`,
    'Choose “Use” beside its model on the tab Models, or reload the page: they are made anew.',
  );

/** What is known of a run's embeddings. Null: not computed yet. */
export async function embeddingsHead(db: Database, dataset: string, run: string): Promise<EmbeddingHead | null> {
  return soundEmbeddings(await guarded('reading embeddings', () => db.get('embeddings', [dataset, run])));
}

/** The newest embeddings of a run, whole. Null: not computed yet. @throws Fault 'data' when they are damaged */
export async function loadEmbeddings(db: Database, dataset: string, run: string): Promise<EmbeddingTable | null> {
  let values = new Float32Array();
  const head = await readEmbeddings(db, dataset, run, (part, first, { count, dim }) => {
    if (first === 0) values = new Float32Array(count * dim);
    values.set(part, first * dim);
  });
  return head && { ...head, values };
}

/** What is known of a run's embeddings, which are read through and not kept: whether they are damaged. Null: not computed yet. */
export async function checkedEmbeddings(
  db: Database,
  dataset: string,
  run: string,
): Promise<EmbeddingHead | 'damaged' | null> {
  return readEmbeddings(db, dataset, run, () => undefined).catch((cause) => {
    if (cause instanceof Fault && cause.kind === 'data') return 'damaged';
    throw cause;
  });
}

const checkOfAll = ({ checks }: StoredEmbeddings): number => checkOf(checks.slice().buffer);

/** A text that changes whenever other embeddings of the run are stored, and of how many pictures they are. Null: not computed yet. */
export async function embeddingsState(
  db: Database,
  dataset: string,
  run: string,
): Promise<{ version: string; count: number } | null> {
  const head = soundEmbeddings(await guarded('reading embeddings', () => db.get('embeddings', [dataset, run])));
  return head && { version: `step ${head.step}, ${checkOfAll(head)}`, count: head.count };
}

export const embeddingsVersion = async (db: Database, dataset: string, run: string): Promise<string | null> =>
  (await embeddingsState(db, dataset, run))?.version ?? null;

/** An encoder that has embeddings of a data set: of which step, and of how many pictures. */
export interface Embedded {
  encoder: string;
  step: number;
  count: number;
  bytes: number;
  /** Checksum: other embeddings have another. */
  check: number;
}

/** Which encoders have embeddings of a data set, without reading these. */
export async function listEmbedded(db: Database, dataset: string): Promise<Embedded[]> {
  const all = await guarded('reading embeddings', () => db.getAll('embeddings', below(dataset)));
  return all.flatMap((stored) => {
    const sound = soundEmbeddings(stored);
    if (!sound) return [];
    const { run: encoder, step, count, dim } = sound;
    return [{ encoder, step, count, bytes: 4 * count * dim, check: checkOfAll(sound) }];
  });
}

/** Keeps the measures of the baselines. `key` says what they depend on: encoder, side, seed. */
export async function saveBaselines(
  db: Database,
  dataset: string,
  key: string,
  evaluations: Evaluation[],
): Promise<void> {
  await guarded('saving the baselines', async () => {
    const tx = db.transaction(['baselines', 'datasets'], 'readwrite');
    await transact(tx, async (ask) => {
      if (!(await ask(tx.objectStore('datasets').getKey(dataset)))) throw goneFault('collection');
      ask(tx.objectStore('baselines').put({ dataset, key, evaluations }));
    });
  });
}

/** The measures of the data set's baselines by what they depend on. */
export async function listBaselines(
  db: Database,
  dataset: string,
): Promise<{ key: string; evaluations: Evaluation[] }[]> {
  const stored = await guarded('reading the baselines', () => db.getAll('baselines', below(dataset)));
  return stored.map(({ key, evaluations }) => ({ key, evaluations: soundEvaluations(evaluations) }));
}

export async function loadBaselines(db: Database, dataset: string, key: string): Promise<Evaluation[] | null> {
  const stored = await guarded('reading the baselines', () => db.get('baselines', [dataset, key]));
  const evaluations = soundEvaluations(stored?.evaluations);
  return evaluations.length > 0 ? evaluations : null;
}
