import { type WritableInPlace, writesInPlace } from './pixel_files';

// A file that grows on the disk until it is handed to the user, who keeps it where downloads lie. It is removed at a later
// visit: the browser may still be copying it when it has been handed over.

const folderOf = (database: string): string => `${database} scratch`;

/** Writes parts one after the other, and gives the whole. Where the browser has no private files it lies in memory. */
export async function scratchFile(database: string, parts: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<Blob> {
  const folder = await privateFolder(database);
  if (!folder) return new Blob(await Array.fromAsync(parts));
  const name = crypto.randomUUID();
  const file = (await folder.getFileHandle(name, { create: true })) as WritableInPlace;
  try {
    await writeAll(file, parts);
  } catch (cause) {
    await folder.removeEntry(name);
    throw cause;
  }
  return file.getFile();
}

async function writeAll(file: WritableInPlace, parts: AsyncIterable<Uint8Array>): Promise<void> {
  const open = await file.createSyncAccessHandle();
  try {
    let at = 0;
    for await (const part of parts) {
      if (open.write(part, { at }) !== part.byteLength)
        throw new DOMException('The disk is full', 'QuotaExceededError');
      at += part.byteLength;
    }
    open.flush();
  } finally {
    open.close();
  }
}

async function privateFolder(database: string): Promise<FileSystemDirectoryHandle | null> {
  if (!writesInPlace()) return null;
  try {
    const root = await navigator.storage.getDirectory();
    return await root.getDirectoryHandle(folderOf(database), { create: true });
  } catch {
    return null;
  }
}

/** Removes files that were written this many milliseconds ago or before. Never throws. */
export async function sweepScratchFiles(database: string, age = 3_600_000): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(folderOf(database));
    for await (const [name, handle] of folder.entries())
      if (Date.now() - (await (handle as FileSystemFileHandle).getFile()).lastModified >= age)
        await folder.removeEntry(name);
  } catch {
    // No private files, or none of this database, or one that is being written.
  }
}
