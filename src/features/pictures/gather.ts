import type { FileSource, Gathered } from '../../app/store/actions';
import type { NamedFile } from '../../protocol/importing';

declare global {
  /** File System Access API: Chromium 86, not in TypeScript's DOM types. */
  interface DataTransferItem {
    getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
  }
  interface Window {
    showDirectoryPicker?(options?: {
      id?: string;
      mode?: 'read' | 'readwrite';
      startIn?: 'pictures' | 'downloads';
    }): Promise<FileSystemDirectoryHandle>;
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
  if ('folders' in source) return source;
  if ('items' in source) return fromDrop(takeOut(source));
  const given = Symbol.iterator in source ? [...source] : [source];
  const handles = given.filter((one): one is FileSystemHandle => 'kind' in one && 'isSameEntry' in one);
  if (handles.length > 0) return fromHandles(handles);
  const files = given.map((one) => (one instanceof File ? named(one) : (one as NamedFile)));
  const top = given[0] instanceof File ? given[0].webkitRelativePath.split('/')[0] : '';
  return gathered([top].filter(Boolean), [], files, each(files));
}

/** `names`: of the folders among what was given. `loose`: the files beside them. */
const gathered = (
  names: readonly string[],
  folders: FileSystemDirectoryHandle[],
  loose: readonly NamedFile[],
  files: AsyncIterable<NamedFile>,
): Gathered => ({
  name: names.length === 0 ? LOOSE : names.length === 1 ? names[0] : `${names[0]} and ${names.length - 1} more`,
  named: names.length > 0,
  // Several folders keep their names in the paths, and with them as labels.
  folders: folders.map((handle) => ({ handle, prefix: folders.length > 1 ? `${handle.name}/` : '' })),
  files,
  only: names.length === 0 && loose.length === 1 ? loose[0].file : null,
});

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
  return gathered(names, folders, files, walkAll(files, entries));
}

async function fromHandles(handles: FileSystemHandle[]): Promise<Gathered> {
  const folders = handles.filter((handle) => handle.kind === 'directory') as FileSystemDirectoryHandle[];
  const single = handles.filter((handle) => handle.kind === 'file') as FileSystemFileHandle[];
  const files = await Promise.all(single.map(async (handle) => ({ path: handle.name, file: await handle.getFile() })));
  const names = folders.map(({ name }) => name);
  return gathered(names, folders, files, each(files));
}

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
