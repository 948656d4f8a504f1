import type { IDBPTransaction, StoreNames } from 'idb';
import { isBundled } from '../core/config';
import { hasEnded } from '../core/ended';
import { pretrainedRun } from '../core/pretrained';
import type { Dataset, Run } from '../core/records';
import { below } from './below';
import type { Database } from './connection';
import { partsOf, partsRange } from './embedding_parts';
import { type Ask, guarded, readable, transact } from './failure';
import { keepNamedFiles, keepPixelFiles } from './pixel_files';
import type { Schema } from './schema';
import { sweepScratchFiles } from './scratch_file';

// The owner of storage: what a data set, a run or another encoder has in the stores comes and goes here alone, in one
// transaction each; files go after the records that name them.

/** Where what belongs to a data set lies, as a back-up holds it; keys begin with its id. */
export const OF_DATASET = [
  ...(['rows', 'thumbnails', 'pixels', 'shards', 'refusals'] as const),
  ...(['embeddings', 'embeddingParts', 'baselines', 'labels', 'judgements'] as const),
] as const;

/** The same of what no back-up holds: folders lie on this disk alone, and maps are computed anew. */
const LEFT_HERE = ['folders', 'maps'] as const;

/** Where what belongs to a run lies; keys begin with its id. */
export const OF_RUN = ['checkpoints', 'arrays', 'histories'] as const;

const STORES = ['datasets', 'runs', 'newest', 'weights', ...OF_DATASET, ...LEFT_HERE, ...OF_RUN] as const;

type Whole = IDBPTransaction<Schema, typeof STORES, 'readwrite'>;

const whole = (db: Database, doing: string, work: (tx: Whole, ask: Ask) => Promise<void>): Promise<void> =>
  guarded(doing, async () => {
    const tx = db.transaction(STORES, 'readwrite');
    await transact(tx, (ask) => work(tx, ask));
  });

export async function createDataset(db: Database, dataset: Dataset): Promise<void> {
  await guarded(`saving the collection ${dataset.name}`, () => db.add('datasets', dataset));
}

export async function createRun(db: Database, run: Run): Promise<void> {
  await guarded('saving a run', () => db.add('runs', run));
}

/** Deletes a data set with its pictures, labels, tests, encoders and runs. */
export async function deleteDataset(db: Database, id: string): Promise<void> {
  await whole(db, 'deleting a collection', async (tx, ask) => {
    ask(tx.objectStore('datasets').delete(id));
    for (const store of [...OF_DATASET, ...LEFT_HERE]) ask(tx.objectStore(store).delete(below(id)));
    for (const run of await ask(tx.objectStore('runs').index('dataset').getAllKeys(id))) deleteRun(tx, ask, run);
  });
  await sweepFiles(db);
}

function deleteRun(tx: Whole, ask: Ask, id: string): void {
  ask(tx.objectStore('runs').delete(id));
  ask(tx.objectStore('newest').delete(id));
  for (const store of OF_RUN) ask(tx.objectStore(store).delete(below(id)));
}

/**
 * Deletes one encoder of a data set: a run with all that was stored of it, or the embeddings and measures of another; with
 * either what tests found of it, and a file of weights that nothing else is made from.
 */
export async function deleteEncoder(db: Database, dataset: string, id: string): Promise<void> {
  await whole(db, 'deleting an encoder', async (tx, ask) => {
    deleteRun(tx, ask, id);
    const embedded = await ask(readable(tx.objectStore('embeddings').get([dataset, id])));
    if (embedded) ask(tx.objectStore('embeddingParts').delete(partsRange(embedded)));
    ask(tx.objectStore('embeddings').delete([dataset, id]));
    ask(tx.objectStore('baselines').delete([dataset, id]));
    ask(tx.objectStore('maps').delete(below(dataset, id)));
    for (const key of await ask(tx.objectStore('judgements').getAllKeys(below(dataset))))
      if (key[2] === id) ask(tx.objectStore('judgements').delete(key));
    await deleteWeights(tx, ask, id);
  });
}

/** Deletes the file of weights behind an encoder, unless another data set is embedded by it or a run is still to begin with it. */
async function deleteWeights(tx: Whole, ask: Ask, id: string): Promise<void> {
  const file = (await ask(tx.objectStore('weights').getAll())).find(({ name }) => pretrainedRun(name) === id);
  if (!file) return;
  const embedded = await ask(tx.objectStore('embeddings').getAllKeys());
  const unended = (await ask(tx.objectStore('runs').getAll())).filter((run) => !hasEnded(run));
  const begins = ({ config: { start } }: Run): boolean =>
    start !== null && !isBundled(start) && start?.sha256 === file.sha256;
  if (!embedded.some(([, of]) => of === id) && !unended.some(begins))
    ask(tx.objectStore('weights').delete(file.sha256));
}

/**
 * Deletes what nothing refers to: what older versions, or a tab that was closed, have left. Nobody may be storing a new
 * data set meanwhile.
 */
export async function sweep(db: Database): Promise<void> {
  await whole(db, 'tidying up', async (tx, ask) => {
    const datasets = new Set(await ask(tx.objectStore('datasets').getAllKeys()));
    const runs = new Set<string>();
    for (const dataset of datasets)
      for (const run of await ask(tx.objectStore('runs').index('dataset').getAllKeys(dataset))) runs.add(run);
    for (const store of [...OF_DATASET, ...LEFT_HERE]) await sweepStore(tx, ask, store, datasets);
    await sweepParts(tx, ask);
    for (const store of OF_RUN) await sweepStore(tx, ask, store, runs);
    for (const store of ['runs', 'newest'] as const)
      for (const run of await ask(tx.objectStore(store).getAllKeys()))
        if (!runs.has(run)) ask(tx.objectStore(store).delete(run));
  });
  await sweepFiles(db);
  for (const { id, removed } of await db.getAll('datasets'))
    if (removed)
      await keepNamedFiles(db.name, id, async () => {
        const records = await db.getAll('pixels', below(id));
        return new Set(records.flatMap(({ pixels }) => (typeof pixels === 'string' ? [pixels] : [])));
      });
  await sweepScratchFiles(db.name);
}

/** Deletes the keys of a store that begin with another id than these. Each id is looked up once. */
async function sweepStore(
  tx: Whole,
  ask: Ask,
  name: (typeof OF_DATASET | typeof LEFT_HERE | typeof OF_RUN)[number],
  kept: ReadonlySet<string>,
): Promise<void> {
  const store = tx.objectStore(name as StoreNames<Schema> & typeof name);
  let cursor = await ask(store.openKeyCursor());
  while (cursor) {
    const [of] = cursor.key as [string, ...unknown[]];
    if (!kept.has(of)) ask(store.delete(below(of)));
    cursor = await ask(store.openKeyCursor(IDBKeyRange.lowerBound([of, []], true)));
  }
}

/** Deletes embeddings that were being made when a tab was closed. */
async function sweepParts(tx: Whole, ask: Ask): Promise<void> {
  const heads = await ask(readable(tx.objectStore('embeddings').getAll()));
  if (!heads) return;
  const kept = new Set(heads.map((head) => JSON.stringify(partsOf(head))));
  const store = tx.objectStore('embeddingParts');
  let cursor = await ask(store.openKeyCursor());
  while (cursor) {
    const [dataset, run] = cursor.key;
    const all = below(dataset, run);
    if (!kept.has(JSON.stringify([dataset, run]))) ask(store.delete(all));
    cursor = await ask(store.openKeyCursor(IDBKeyRange.lowerBound(all.upper, true)));
  }
}

/** Removes the pixels of data sets that are gone. */
const sweepFiles = (db: Database): Promise<void> => keepPixelFiles(db.name, () => db.getAllKeys('datasets'));
