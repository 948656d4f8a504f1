// Archives as POSIX.1-1988 (ustar) says: a header of 512 bytes a file, its bytes, zeros up to the next 512. Every system can
// list and unpack them.

const BLOCK = 512;
export const TAR_END = new Uint8Array(2 * BLOCK);

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

/** A header's sum of bytes, its own eight places counted as spaces. */
const headerSum = (header: Uint8Array): number =>
  header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);

/** A file as it stands in an archive. `name`: plain letters, at most 100; `content`: less than 8 GB. */
export function tarEntry(name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const entry = new Uint8Array(BLOCK + Math.ceil(content.length / BLOCK) * BLOCK);
  const put = (at: number, text: string): void => entry.set(ascii(text), at);
  put(0, name);
  put(100, '0000644\0' + '0000000\0' + '0000000\0'); // mode, owner, group
  put(124, `${octal(content.length, 11)}\0${octal(0, 11)}\0`); // size, time
  put(156, '0'); // a file
  put(257, 'ustar\0' + '00');
  put(148, `${octal(headerSum(entry.subarray(0, BLOCK)), 6)}\0 `);
  entry.set(content, BLOCK);
  return entry;
}

/** Where an entry lies in an archive, its header and padding included, and how many bytes its file has. */
export interface TarEntry {
  name: string;
  from: number;
  to: number;
  size: number;
}

/** The entry whose header stands here; null: there is none, or it is damaged. */
export function tarHeader(header: Uint8Array, from: number): TarEntry | null {
  if (header.length < BLOCK) return null;
  const text = (at: number, length: number): string =>
    new TextDecoder().decode(header.subarray(at, at + length)).replace(/[\0 ].*$/s, '');
  const size = Number.parseInt(text(124, 12), 8);
  const fits = text(257, 5) === 'ustar' && Number.parseInt(text(148, 8), 8) === headerSum(header);
  if (!fits || !Number.isSafeInteger(size)) return null;
  return { name: text(0, 100), from, to: from + BLOCK + Math.ceil(size / BLOCK) * BLOCK, size };
}

/** The file of an entry, given the entry's bytes. */
export const tarContent = (entry: Uint8Array, size: number): Uint8Array => entry.subarray(BLOCK, BLOCK + size);
