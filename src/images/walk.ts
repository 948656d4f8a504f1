/** A file found in a folder, not opened yet. */
export interface Found {
  /** Relative to the folder that was walked. */
  path: string;
  open(): Promise<File>;
}

/** A folder that the browser may not read. */
export interface Unreadable {
  path: string;
  cause: unknown;
}

type Entry = Pick<FileSystemHandle, 'name' | 'kind'>;

const collator = new Intl.Collator('en', { numeric: true });
/** In natural order: 2.jpg before 10.jpg. The same on every machine. */
const naturally = (a: Entry, b: Entry): number => collator.compare(a.name, b.name) || (a.name < b.name ? -1 : 1);

/** Names that begin with a dot are the system's own. */
export const isHidden = (path: string): boolean => path.split('/').some((name) => name.startsWith('.'));

/** Name of the folder that the file lies in, which is its label; null at the top. */
export const labelOf = (path: string): string | null => path.split('/').at(-2) ?? null;

/**
 * All files below a folder, folder by folder in natural order, without hidden ones. A folder is listed before it is gone through,
 * by names: the browser holds 6 kB for each handle.
 */
export async function* walk(folder: FileSystemDirectoryHandle, prefix = ''): AsyncGenerator<Found | Unreadable> {
  const entries: Entry[] = [];
  try {
    for await (const { name, kind } of folder.values()) if (!isHidden(name)) entries.push({ name, kind });
  } catch (cause) {
    yield { path: prefix, cause };
    return;
  }
  for (const { name, kind } of entries.sort(naturally)) {
    const path = prefix + name;
    if (kind === 'file') yield { path, open: async () => (await folder.getFileHandle(name)).getFile() };
    else {
      const found = await folder.getDirectoryHandle(name).catch((cause: unknown) => ({ path, cause }));
      if ('cause' in found) yield found;
      else yield* walk(found, `${path}/`);
    }
  }
}
