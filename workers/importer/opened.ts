import type { Pending } from './intake';

/** A file whose turn has come. A small one brings its bytes, a view on those of others; one that cannot be opened, the reason. */
export type Opened =
  | { path: string; file: File; bytes: Uint8Array<ArrayBuffer> | null; refused?: undefined }
  | { path: string; file: null; bytes: null; refused: string };

/** Files that are read by one request: asking the browser takes longer than reading a small file. */
export const TOGETHER = 64;
/** Larger files are read by the decoder that gets them, so that few of them are in memory. */
const SMALL_BYTES = 131072;

/** Opens files, and reads the small ones among them. Never throws: what goes wrong with one is said of that one. */
export async function openTogether(files: readonly Pending[]): Promise<Opened[]> {
  const opened = await Promise.all(files.map(openOne));
  const small = opened.filter(({ file }) => file !== null && file.size <= SMALL_BYTES);
  try {
    const parts = small.map(({ file }) => file as File);
    const joined = await new Blob(parts).arrayBuffer();
    let at = 0;
    for (const one of small) {
      const { size } = one.file as File;
      one.bytes = new Uint8Array(joined, at, size);
      at += size;
    }
  } catch {
    // One of them cannot be read, and the decoder that gets it will say so: each is read alone there.
  }
  return opened;
}

/** Opens one file, or says why it cannot be. */
export async function openOne({ path, open }: Pending): Promise<Opened> {
  try {
    return { path, file: await open(), bytes: null };
  } catch (cause) {
    return { path, file: null, bytes: null, refused: unreadable(cause) };
  }
}

/** Why a file's bytes cannot be had. */
export function unreadable(cause: unknown): string {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotFoundError') return 'The file is gone: it was moved or deleted during the import.';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'The browser may not read this file.';
  return 'The file cannot be read: it was changed during the import, or the disk failed.';
}
