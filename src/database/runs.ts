import { upToDate } from '../core/methods';
import type { Run } from '../core/records';
import type { Database } from './connection';
import { guarded, transact } from './failure';

export async function putRun(db: Database, run: Run): Promise<void> {
  await guarded('saving a run', () => db.put('runs', run));
}

/** A run as it is understood today, whenever it was stored. */
const known = (run: Run): Run => ({ ...run, config: upToDate(run.config) });

export async function readRun(db: Database, id: string): Promise<Run | undefined> {
  const run = await guarded('reading a run', () => db.get('runs', id));
  return run && known(run);
}

/** Runs of a data set, newest first. */
export async function listRuns(db: Database, dataset: string): Promise<Run[]> {
  const runs = await guarded('reading the runs', () => db.getAllFromIndex('runs', 'dataset', dataset));
  return runs.map(known).sort((a, b) => b.createdAt - a.createdAt);
}

/** Every key that begins with `id`: arrays come after all else in the order of keys. */
const below = (id: string): IDBKeyRange => IDBKeyRange.bound([id], [id, []]);

/** Deletes the runs of a data set with their checkpoints and histories, and all its embeddings and baselines. */
export async function deleteRuns(db: Database, dataset: string): Promise<void> {
  await guarded('deleting runs', async () => {
    const stores = ['runs', 'checkpoints', 'arrays', 'histories', 'newest', 'embeddings', 'baselines'] as const;
    const tx = db.transaction(stores, 'readwrite');
    await transact(tx, async (ask) => {
      for (const id of await ask(tx.objectStore('runs').index('dataset').getAllKeys(dataset))) {
        ask(tx.objectStore('runs').delete(id));
        ask(tx.objectStore('newest').delete(id));
        ask(tx.objectStore('checkpoints').delete(below(id)));
        ask(tx.objectStore('arrays').delete(below(id)));
        ask(tx.objectStore('histories').delete(below(id)));
      }
      ask(tx.objectStore('embeddings').delete(below(dataset)));
      ask(tx.objectStore('baselines').delete(below(dataset)));
    });
  });
}
