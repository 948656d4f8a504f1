import type { IDBPTransaction } from 'idb';
import { isBundled } from '../core/config';
import { hasEnded } from '../core/ended';
import { pretrainedRun } from '../core/pretrained';
import type { Run } from '../core/records';
import type { Database } from './connection';
import { type Ask, guarded, transact } from './failure';
import type { Schema } from './schema';
import { type Aside, soundRun } from './sound';

export async function putRun(db: Database, run: Run): Promise<void> {
  await guarded('saving a run', () => db.put('runs', run));
}

export async function readRun(db: Database, id: string): Promise<Run | undefined> {
  const run = await guarded('reading a run', () => db.get('runs', id));
  return (run && soundRun(run)) ?? undefined;
}

/** Runs of a data set, newest first. Those whose record is damaged are left out. */
export async function listRuns(db: Database, dataset: string, aside: Aside = () => undefined): Promise<Run[]> {
  const stored = await guarded('reading the runs', () => db.getAllFromIndex('runs', 'dataset', dataset));
  const runs = stored.flatMap((one) => {
    const sound = soundRun(one);
    if (!sound) aside(`The run ${one.name ?? one.id}`);
    return sound ?? [];
  });
  return runs.sort((a, b) => b.createdAt - a.createdAt);
}

/** Every key that begins with `id`: arrays come after all else in the order of keys. */
const below = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

/** Where there may be something of an encoder. */
const STORES = [
  ...(['runs', 'checkpoints', 'arrays', 'histories', 'newest'] as const),
  ...(['embeddings', 'baselines', 'judgements', 'weights'] as const),
] as const;

type Deleting = IDBPTransaction<Schema, typeof STORES, 'readwrite'>;

/** Has a run deleted with its checkpoints and history, in the transaction under way. */
function deleteRunRows(tx: Deleting, ask: Ask, id: string): void {
  ask(tx.objectStore('runs').delete(id));
  ask(tx.objectStore('newest').delete(id));
  ask(tx.objectStore('checkpoints').delete(below(id)));
  ask(tx.objectStore('arrays').delete(below(id)));
  ask(tx.objectStore('histories').delete(below(id)));
}

/** Deletes the runs of a data set with their checkpoints and histories, and all its embeddings and baselines. */
export async function deleteRuns(db: Database, dataset: string): Promise<void> {
  await guarded('deleting runs', async () => {
    const tx = db.transaction(STORES, 'readwrite');
    await transact(tx, async (ask) => {
      for (const id of await ask(tx.objectStore('runs').index('dataset').getAllKeys(dataset)))
        deleteRunRows(tx, ask, id);
      ask(tx.objectStore('embeddings').delete(below(dataset)));
      ask(tx.objectStore('baselines').delete(below(dataset)));
    });
  });
}

/**
 * Deletes one encoder of a data set in one transaction: a run with all that was stored of it, or the embeddings and measures
 * of another; with either what tests found of it, and a file of weights that nothing else is made from.
 */
export async function deleteEncoder(db: Database, dataset: string, id: string): Promise<void> {
  await guarded('deleting an encoder', async () => {
    const tx = db.transaction(STORES, 'readwrite');
    await transact(tx, async (ask) => {
      deleteRunRows(tx, ask, id);
      ask(tx.objectStore('embeddings').delete([dataset, id]));
      ask(tx.objectStore('baselines').delete([dataset, id]));
      for (const key of await ask(tx.objectStore('judgements').getAllKeys(below(dataset))))
        if (key[2] === id) ask(tx.objectStore('judgements').delete(key));
      await deleteWeights(tx, ask, id);
    });
  });
}

/** Deletes the file of weights behind an encoder, unless another data set is embedded by it or a run is still to begin with it. */
async function deleteWeights(tx: Deleting, ask: Ask, id: string): Promise<void> {
  const file = (await ask(tx.objectStore('weights').getAll())).find(({ name }) => pretrainedRun(name) === id);
  if (!file) return;
  const embedded = await ask(tx.objectStore('embeddings').getAllKeys());
  const unended = (await ask(tx.objectStore('runs').getAll())).filter((run) => !hasEnded(run));
  const begins = ({ config: { start } }: Run): boolean =>
    start !== null && !isBundled(start) && start?.sha256 === file.sha256;
  if (!embedded.some(([, of]) => of === id) && !unended.some(begins))
    ask(tx.objectStore('weights').delete(file.sha256));
}
