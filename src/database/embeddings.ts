import { Fault } from '../core/fault';
import type { EmbeddingTable, Evaluation } from '../core/records';
import { standIns } from '../core/set_aside';
import { intact, sealed } from './binary';
import type { Database } from './connection';
import { goneFault, guarded, transact } from './failure';
import { soundEvaluations } from './sound';

/**
 * Keeps a run's embeddings; those of an earlier step give way, those of a later step stay, unless the user asked for
 * these and no others (`whatever`).
 */
export async function saveEmbeddings(db: Database, table: EmbeddingTable, whatever = false): Promise<void> {
  const { values, ...rest } = table;
  if (values.length !== table.count * table.dim)
    throw new Error(`${values.length} values are not [${table.count}, ${table.dim}]`);
  await guarded('saving embeddings', async () => {
    const tx = db.transaction(['embeddings', 'datasets'], 'readwrite', { durability: 'relaxed' });
    const store = tx.objectStore('embeddings');
    const range = IDBKeyRange.lowerBound([table.dataset, table.run, table.step, []], true);
    await transact(tx, async (ask) => {
      const dataset = await ask(tx.objectStore('datasets').get(table.dataset));
      if (!dataset) throw goneFault('data set');
      // The index answers from its keys: the values of the stored table are not read.
      const cursor = await ask(store.index('version').openKeyCursor(range));
      const later = cursor !== null && cursor.key[0] === table.dataset && cursor.key[1] === table.run;
      // Pictures may have been removed while they were embedded.
      if (!later || whatever) ask(store.put({ ...rest, ...sealed(withStandIns(table, dataset.removed)) }));
    });
  });
}

/** The values of a table with those of other pictures in the place of removed ones. */
export function withStandIns(
  { values, count, dim }: Pick<EmbeddingTable, 'values' | 'count' | 'dim'>,
  removed: readonly number[] = [],
): Float32Array {
  const within = removed.filter((row) => row < count);
  if (within.length === 0) return values;
  const changed = values.slice();
  for (const [row, other] of standIns({ count, removed: within }))
    changed.copyWithin(row * dim, other * dim, (other + 1) * dim);
  return changed;
}

/**
 * The newest embeddings of a run, or of the untrained encoder (run 'untrained'). Null: not computed yet.
 * @throws Fault 'data' when they are damaged
 */
export async function loadEmbeddings(db: Database, dataset: string, run: string): Promise<EmbeddingTable | null> {
  const stored = await guarded('reading embeddings', () => db.get('embeddings', [dataset, run]));
  if (!stored) return null;
  const { bytes, check, ...rest } = stored;
  if (!intact(stored) || bytes.byteLength !== 4 * rest.count * rest.dim)
    throw new Fault(
      'data',
      `The stored embeddings (${rest.about}) are damaged.`,
      'Choose “Use” beside its model on the tab Models, or reload the page: they are made anew.',
    );
  return { ...rest, values: new Float32Array(bytes) };
}

/**
 * A text that changes whenever other embeddings of the run are stored: their step and checksum, read from the index
 * without their values. Null: not computed yet.
 */
export async function embeddingsVersion(db: Database, dataset: string, run: string): Promise<string | null> {
  return guarded('reading embeddings', async () => {
    const range = IDBKeyRange.bound([dataset, run], [dataset, run, []]);
    const cursor = await db.transaction('embeddings').store.index('version').openKeyCursor(range, 'prev');
    return cursor ? `step ${cursor.key[2]}, ${cursor.key[3]}` : null;
  });
}

/** An encoder that has embeddings of a data set: of which step, and of how many pictures. */
export interface Embedded {
  encoder: string;
  step: number;
  count: number;
  bytes: number;
  /** Checksum: other embeddings have another. */
  check: number;
}

/** Which encoders have embeddings of a data set: read from the index, without their values. */
export async function listEmbedded(db: Database, dataset: string): Promise<Embedded[]> {
  return guarded('reading embeddings', async () => {
    const range = IDBKeyRange.bound([dataset], [dataset, []]);
    const found: Embedded[] = [];
    let cursor = await db.transaction('embeddings').store.index('size').openKeyCursor(range);
    for (; cursor; cursor = await cursor.continue()) {
      const [, encoder, step, count, dim, check] = cursor.key;
      found.push({ encoder, step, count, bytes: 4 * count * dim, check });
    }
    return found;
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
      if (!(await ask(tx.objectStore('datasets').getKey(dataset)))) throw goneFault('data set');
      ask(tx.objectStore('baselines').put({ dataset, key, evaluations }));
    });
  });
}

/** The measures of the data set's baselines by what they depend on. */
export async function listBaselines(
  db: Database,
  dataset: string,
): Promise<{ key: string; evaluations: Evaluation[] }[]> {
  const range = IDBKeyRange.bound([dataset], [dataset, []]);
  const stored = await guarded('reading the baselines', () => db.getAll('baselines', range));
  return stored.map(({ key, evaluations }) => ({ key, evaluations: soundEvaluations(evaluations) }));
}

export async function loadBaselines(db: Database, dataset: string, key: string): Promise<Evaluation[] | null> {
  const stored = await guarded('reading the baselines', () => db.get('baselines', [dataset, key]));
  const evaluations = soundEvaluations(stored?.evaluations);
  return evaluations.length > 0 ? evaluations : null;
}
