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
  find(dataset: string, picture: Wanted, ask = false): Promise<File | 'ask' | null> {
    return this.finder(dataset, ask)(picture);
  }

  /** The same of many pictures: folders are read and asked for once. */
  finder(dataset: string, ask = false): (picture: Wanted) => Promise<File | 'ask' | null> {
    let opened: ReturnType<Originals['opened']> | null = null;
    return async ({ path, copies, fileBytes }) => {
      const paths = [path, ...copies];
      const same = (file: File | null | undefined): file is File => file?.size === fileBytes;
      for (const files of this.given.get(dataset) ?? []) {
        const found = paths.map((one) => files.get(one)).find(same);
        if (found) return found;
      }
      opened ??= this.opened(dataset, ask);
      const { open, closed } = await opened;
      for (const folder of open)
        for (const one of paths) {
          const file = await fileIn(folder, one);
          if (same(file)) return file;
        }
      return closed && !ask ? 'ask' : null;
    };
  }

  /** The folders of a data set that may be read, and whether others may not. */
  private async opened(dataset: string, ask: boolean): Promise<{ open: SourceFolder[]; closed: boolean }> {
    const folders = await this.folders(dataset);
    const open: SourceFolder[] = [];
    for (const folder of folders) if (await mayRead(folder.handle, ask).catch(() => false)) open.push(folder);
    return { open, closed: open.length < folders.length };
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
