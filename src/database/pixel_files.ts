import { unreadable } from './failure';

// Pixels in files of the origin's private file system (https://fs.spec.whatwg.org): in Chromium a megabyte written there
// takes a tenth of the time that it takes in a record. A file is written once, before the record that names it, and
// never changed: one that no record names is of no harm, and goes with its data set.

/** A file that is written in place; TypeScript knows it in workers only. */
interface InPlace {
  write(bytes: Uint8Array, options: { at: number }): number;
  flush(): void;
  close(): void;
}
export type WritableInPlace = FileSystemFileHandle & { createSyncAccessHandle(): Promise<InPlace> };

/** Whether this thread can write files in place. */
export const writesInPlace = (): boolean =>
  typeof FileSystemFileHandle !== 'undefined' && 'createSyncAccessHandle' in FileSystemFileHandle.prototype;

/** The files of one data set. */
export interface PixelFiles {
  /** Stores the bytes under a new name, which is returned. Throws what the browser refuses with, leaving no file. */
  write(bytes: Uint8Array): Promise<string>;
  /** Removes files that no record names. */
  remove(names: readonly string[]): Promise<void>;
}

/** All private files of a database. Throws where the browser has none, as in private windows of some. */
async function top(database: string, create: boolean): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(`${database} pixels`, { create });
}

async function folderOf(database: string, dataset: string, create: boolean): Promise<FileSystemDirectoryHandle> {
  return (await top(database, create)).getDirectoryHandle(dataset, { create });
}

/** Files for more pixels of a data set; null where this thread or browser cannot write any. */
export async function pixelFiles(database: string, dataset: string): Promise<PixelFiles | null> {
  if (!writesInPlace()) return null;
  const folder = await folderOf(database, dataset, true).catch(() => null);
  if (folder === null) return null;
  const remove = async (names: readonly string[]): Promise<void> => {
    // What cannot be removed now goes with its data set.
    await Promise.allSettled(names.map((name) => folder.removeEntry(name)));
  };
  return {
    remove,
    async write(bytes) {
      const name = crypto.randomUUID();
      const file = (await folder.getFileHandle(name, { create: true })) as WritableInPlace;
      try {
        await writeWhole(file, bytes);
      } catch (cause) {
        await remove([name]);
        throw cause;
      }
      return name;
    },
  };
}

async function writeWhole(file: WritableInPlace, bytes: Uint8Array): Promise<void> {
  const open = await file.createSyncAccessHandle();
  try {
    // Less than all of it; or, in Chromium's private windows, the negative number of an error as a huge one.
    if (open.write(bytes, { at: 0 }) !== bytes.byteLength)
      throw new DOMException('The disk is full', 'QuotaExceededError');
  } finally {
    open.close();
  }
}

/** The bytes of a file, or those from .. to - 1; undefined when it is gone or cannot be read. */
export async function readPixelFile(
  database: string,
  dataset: string,
  name: string,
  from = 0,
  to?: number,
): Promise<ArrayBuffer | undefined> {
  try {
    const file = await (await folderOf(database, dataset, false)).getFileHandle(name);
    return await (await file.getFile()).slice(from, to).arrayBuffer();
  } catch (cause) {
    return unreadable(cause);
  }
}

/** Removes the files of all data sets but these: of one that was deleted, or never got a row. Never throws. */
export async function keepPixelFiles(database: string, datasets: () => Promise<readonly string[]>): Promise<void> {
  try {
    const folder = await top(database, false);
    const found: string[] = [];
    for await (const name of folder.keys()) found.push(name);
    // Asked for after the listing: a data set has its row before it has a file.
    const kept = await datasets();
    const gone = found.filter((name) => !kept.includes(name));
    await Promise.allSettled(gone.map((name) => folder.removeEntry(name, { recursive: true })));
  } catch {
    // No private files, or none of this database.
  }
}

/** Removes files of a data set that no record names: pixels of pictures that were removed while the tab died. Never throws. */
export async function keepNamedFiles(
  database: string,
  dataset: string,
  named: () => Promise<ReadonlySet<string>>,
): Promise<void> {
  try {
    const folder = await folderOf(database, dataset, false);
    const found = await Array.fromAsync(folder.keys());
    const kept = await named();
    await Promise.allSettled(found.filter((name) => !kept.has(name)).map((name) => folder.removeEntry(name)));
  } catch {
    // No private files, none of this data set, or records that cannot be read: nothing is removed.
  }
}
