import type { SourceFolder } from '../core/source_folder';
import { below } from './below';
import type { Database } from './connection';
import { guarded, transact } from './failure';

/** The folders that pictures of a data set came from, as far as the browser gave handles of them. */
export async function readFolders(db: Database, dataset: string): Promise<SourceFolder[]> {
  const stored = await guarded('reading the folders', () => db.getAll('folders', below(dataset)));
  return stored.map(({ handle, prefix }) => ({ handle, prefix }));
}

/** Keeps the handle of a folder; the same folder is kept once. Rejects where a browser stores no handles. */
export async function putFolder(db: Database, dataset: string, { handle, prefix }: SourceFolder): Promise<void> {
  const known = await readFolders(db, dataset);
  const same = await Promise.all(known.map((one) => one.prefix === prefix && one.handle.isSameEntry(handle)));
  if (same.includes(true)) return;
  const tx = db.transaction(['folders', 'datasets'], 'readwrite');
  await transact(tx, async (ask) => {
    if (await ask(tx.objectStore('datasets').getKey(dataset)))
      ask(tx.objectStore('folders').put({ dataset, place: known.length, handle, prefix }));
  });
}
