import type { Dataset, DatasetChange } from '../core/records';
import type { Database } from './connection';
import { guarded, transact } from './failure';
import { readPaths } from './images';
import { keepPixelFiles } from './pixel_files';
import { type Aside, isLabelCounts, soundDataset } from './sound';

/** All data sets, newest first. Those whose record is damaged are left out. */
export async function listDatasets(db: Database, aside: Aside = () => undefined): Promise<Dataset[]> {
  const stored = await guarded('reading the data sets', () => db.getAll('datasets'));
  const datasets = await Promise.all(stored.map((one) => mended(db, one)));
  for (const [i, { id, name }] of stored.entries()) if (!datasets[i]) aside(`The data set ${name ?? id}`);
  return datasets.filter((one) => one !== null).sort((a, b) => b.createdAt - a.createdAt);
}

export async function readDataset(db: Database, id: string): Promise<Dataset | undefined> {
  const stored = await guarded('reading a data set', () => db.get('datasets', id));
  return (stored && (await mended(db, stored))) ?? undefined;
}

/** With labels that are damaged counted anew from the rows. */
async function mended(db: Database, stored: Dataset): Promise<Dataset | null> {
  const sound = soundDataset(stored);
  if (!sound || isLabelCounts(stored.labels)) return sound;
  const counts = new Map<string, number>();
  for (const { label } of await readPaths(db, sound.id))
    if (label !== null) counts.set(label, (counts.get(label) ?? 0) + 1);
  return { ...sound, labels: Object.fromEntries(counts) };
}

/** Changes what the user says of a data set, read and written in one transaction. Returns it as it is then, if it is there. */
export async function putDatasetChange(
  db: Database,
  id: string,
  values: DatasetChange & Partial<Pick<Dataset, 'complete'>>,
): Promise<Dataset | undefined> {
  await guarded('changing a data set', async () => {
    const tx = db.transaction('datasets', 'readwrite');
    await transact(tx, async (ask) => {
      const before = await ask(tx.store.get(id));
      if (before) ask(tx.store.put({ ...before, ...values }));
    });
  });
  return readDataset(db, id);
}

/** Writes the data set's own row, whole. */
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
