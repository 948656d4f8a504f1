import type { FileSource } from '../../app/store/actions';
import type { NamedFile } from '../../protocol/messages';

/** What was given, ready for the importer: folders it walks itself, and files found here. */
export interface Gathered {
  /** For the data set: the folder's name, or that of what was given. */
  name: string;
  folders: FileSystemDirectoryHandle[];
  files: AsyncIterable<NamedFile>;
}

declare global {
  /** File System Access API: Chromium 86, not in TypeScript's DOM types. */
  interface DataTransferItem {
    getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
  }
}

/** A dropped thing: a handle where the browser has them, an entry, or the bare file. */
interface Dropped {
  handle: Promise<FileSystemHandle | null> | null;
  entry: FileSystemEntry | null;
  file: File | null;
}

const LOOSE = 'Pictures';

/**
 * Makes one thing of all the ways pictures are given. For a DataTransfer everything is taken out before the first await,
 * because it is emptied after the event.
 */
export async function gather(source: FileSource): Promise<Gathered> {
  if ('items' in source) return fromDrop(takeOut(source));
  const given = Symbol.iterator in source ? [...source] : [source];
  const handles = given.filter((one): one is FileSystemHandle => 'kind' in one && 'isSameEntry' in one);
  if (handles.length > 0) return fromHandles(handles);
  const files = given.map((one) => (one instanceof File ? named(one) : (one as NamedFile)));
  const top = given[0] instanceof File ? given[0].webkitRelativePath.split('/')[0] : '';
  return { name: top || LOOSE, folders: [], files: each(files) };
}

/** A file of a folder input stands under the folder's name, which is the data set's and no label. */
const named = (file: File): NamedFile => ({
  path: file.webkitRelativePath.split('/').slice(1).join('/') || file.name,
  file,
});

function takeOut(transfer: DataTransfer): Dropped[] {
  return [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({
      handle: item.getAsFileSystemHandle?.().catch(() => null) ?? null,
      entry: item.webkitGetAsEntry?.() ?? null,
      file: item.getAsFile(),
    }));
}

async function fromDrop(dropped: Dropped[]): Promise<Gathered> {
  const folders: FileSystemDirectoryHandle[] = [];
  const entries: FileSystemDirectoryEntry[] = [];
  const files: NamedFile[] = [];
  for (const { handle, entry, file } of dropped) {
    const known = await handle;
    if (known?.kind === 'directory') folders.push(known as FileSystemDirectoryHandle);
    else if (entry?.isDirectory) entries.push(entry as FileSystemDirectoryEntry);
    else if (file) files.push({ path: file.name, file });
  }
  const names = [...folders, ...entries].map(({ name }) => name);
  return { name: together(names), folders, files: walkAll(files, entries) };
}

async function fromHandles(handles: FileSystemHandle[]): Promise<Gathered> {
  const folders = handles.filter((handle) => handle.kind === 'directory') as FileSystemDirectoryHandle[];
  const single = handles.filter((handle) => handle.kind === 'file') as FileSystemFileHandle[];
  const files = await Promise.all(single.map(async (handle) => ({ path: handle.name, file: await handle.getFile() })));
  return { name: together(folders.map(({ name }) => name)), folders, files: each(files) };
}

const together = (names: string[]): string =>
  names.length === 0 ? LOOSE : names.length === 1 ? names[0] : `${names[0]} and ${names.length - 1} more`;

async function* each(files: NamedFile[]): AsyncGenerator<NamedFile> {
  yield* files;
}

async function* walkAll(files: NamedFile[], entries: FileSystemDirectoryEntry[]): AsyncGenerator<NamedFile> {
  yield* files;
  for (const entry of entries) yield* walk(entry, entries.length > 1 ? `${entry.name}/` : '');
}

/** A dropped folder in browsers without handles. `readEntries` gives at most 100 at a time, and none at the end. */
async function* walk(folder: FileSystemDirectoryEntry, prefix: string): AsyncGenerator<NamedFile> {
  const reader = folder.createReader();
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return;
    for (const entry of entries) {
      const path = prefix + entry.name;
      if (entry.isDirectory) yield* walk(entry as FileSystemDirectoryEntry, `${path}/`);
      else yield { path, file: await opened(entry as FileSystemFileEntry) };
    }
  }
}

const opened = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));
