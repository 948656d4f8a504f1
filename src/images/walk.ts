/** A file found in a folder, not opened yet. */
export interface Found {
  /** Relative to the folder that was walked. */
  path: string;
  handle: FileSystemFileHandle;
}

/** A folder that the browser may not read. */
export interface Unreadable {
  path: string;
  cause: unknown;
}

const collator = new Intl.Collator('en', { numeric: true });
/** In natural order: 2.jpg before 10.jpg. The same on every machine. */
const naturally = (a: FileSystemHandle, b: FileSystemHandle): number =>
  collator.compare(a.name, b.name) || (a.name < b.name ? -1 : 1);

/** Names that begin with a dot are the system's own. */
export const isHidden = (path: string): boolean => path.split('/').some((name) => name.startsWith('.'));

/** Name of the folder that the file lies in, which is its label; null at the top. */
export const labelOf = (path: string): string | null => path.split('/').at(-2) ?? null;

/** All files below a folder, folder by folder in natural order, without hidden ones. A folder is listed before it is gone through. */
export async function* walk(folder: FileSystemDirectoryHandle, prefix = ''): AsyncGenerator<Found | Unreadable> {
  const entries: FileSystemHandle[] = [];
  try {
    for await (const entry of folder.values()) if (!isHidden(entry.name)) entries.push(entry);
  } catch (cause) {
    yield { path: prefix, cause };
    return;
  }
  for (const entry of entries.sort(naturally)) {
    const path = prefix + entry.name;
    if (entry.kind === 'directory') yield* walk(entry as FileSystemDirectoryHandle, `${path}/`);
    else yield { path, handle: entry as FileSystemFileHandle };
  }
}
