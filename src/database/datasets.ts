import type { Dataset } from '../core/records';
import type { Database } from './connection';
import { guarded, transact } from './failure';
import { keepPixelFiles } from './pixel_files';

/** All data sets, newest first. */
export async function listDatasets(db: Database): Promise<Dataset[]> {
  const datasets = await guarded('reading the data sets', () => db.getAll('datasets'));
  return datasets.sort((a, b) => b.createdAt - a.createdAt);
}

export function readDataset(db: Database, id: string): Promise<Dataset | undefined> {
  return guarded('reading a data set', () => db.get('datasets', id));
}

/** Writes the data set's own row: its name, its pins, whether it is complete. */
export async function putDataset(db: Database, dataset: Dataset): Promise<void> {
  await guarded(`saving the data set ${dataset.name}`, () => db.put('datasets', dataset));
}

/** Removes files of pixels that belong to no data set: of one that was deleted, also by a tab that was closed meanwhile. */
export function sweepPixelFiles(db: Database): Promise<void> {
  return keepPixelFiles(db.name, () => db.getAllKeys('datasets'));
}

/** Deletes the data set with its pictures, pixels and refusals, in one transaction. Its runs are the trainer's to delete. */
export async function deleteDatasetRows(db: Database, id: string): Promise<void> {
  await guarded('deleting a data set', async () => {
    const stores = ['rows', 'thumbnails', 'pixels', 'shards', 'refusals'] as const;
    const tx = db.transaction(['datasets', ...stores], 'readwrite');
    const all = IDBKeyRange.bound([id], [id, []]);
    await transact(tx, (ask) => {
      ask(tx.objectStore('datasets').delete(id));
      for (const store of stores) ask(tx.objectStore(store).delete(all));
    });
  });
  await sweepPixelFiles(db);
}
