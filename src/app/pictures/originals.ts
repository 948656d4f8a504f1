import type { SourceFolder } from '../../core/source_folder';
import type { Picture } from './thumbnails';

declare global {
  /** File System Access API: Chromium 86, not in TypeScript's DOM types. */
  interface FileSystemHandle {
    queryPermission?(descriptor: { mode: 'read' | 'readwrite' }): Promise<PermissionState>;
    requestPermission?(descriptor: { mode: 'read' | 'readwrite' }): Promise<PermissionState>;
  }
}

type Wanted = Pick<Picture, 'path' | 'copies' | 'fileBytes'>;

/** Whether a folder may be read. `ask`: the user is asked if need be, which a browser allows in a click alone. */
export async function mayRead(handle: FileSystemHandle, ask = false): Promise<boolean> {
  const mode = { mode: 'read' } as const;
  const state = (await handle.queryPermission?.(mode)) ?? 'granted';
  return state === 'granted' || (ask && state === 'prompt' && (await handle.requestPermission?.(mode)) === 'granted');
}

/** The files that pictures were taken from: those given at this visit, and those in folders whose handles are kept. */
export class Originals {
  /** By data set: files by their paths, the newest first. They are read when they are wanted. */
  private readonly given = new Map<string, ReadonlyMap<string, File>[]>();

  constructor(private readonly folders: (dataset: string) => Promise<readonly SourceFolder[]>) {}

  /** Notes the files of an import; others may be added to the same map. */
  keep(dataset: string, files: ReadonlyMap<string, File>): void {
    this.given.set(dataset, [files, ...(this.given.get(dataset) ?? [])]);
  }

  /**
   * The file of a picture. 'ask': a folder may hold it that may not be read without asking. Null: it is not at hand, or is no
   * longer the file that was imported, as far as its size tells.
   * @param ask asks for permission: to be called in a click
   */
  async find(dataset: string, { path, copies, fileBytes }: Wanted, ask = false): Promise<File | 'ask' | null> {
    const paths = [path, ...copies];
    const same = (file: File | null | undefined): file is File => file?.size === fileBytes;
    for (const files of this.given.get(dataset) ?? []) {
      const found = paths.map((one) => files.get(one)).find(same);
      if (found) return found;
    }
    let closed = false;
    for (const folder of await this.folders(dataset)) {
      if (!(await mayRead(folder.handle, ask).catch(() => false))) {
        closed = true;
        continue;
      }
      for (const one of paths) {
        const file = await fileIn(folder, one);
        if (same(file)) return file;
      }
    }
    return closed && !ask ? 'ask' : null;
  }
}

/** A file by its path below a folder; null: it is not there. */
async function fileIn({ handle, prefix }: SourceFolder, path: string): Promise<File | null> {
  if (!path.startsWith(prefix)) return null;
  const folders = path.slice(prefix.length).split('/');
  const name = folders.pop() ?? '';
  try {
    let at = handle;
    for (const folder of folders) at = await at.getDirectoryHandle(folder);
    return await (await at.getFileHandle(name)).getFile();
  } catch {
    return null;
  }
}
