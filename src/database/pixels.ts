import { checksum } from '../core/checksum';
import { Fault } from '../core/fault';
import { below } from './below';
import { joined } from './binary';
import type { Database } from './connection';
import { guarded, unreadable } from './failure';
import { pixelFiles, readPixelFile } from './pixel_files';
import type { PixelShard, ShardSize } from './schema';

/** Rows first .. first + count - 1 of a data set: pixels [count, side, side, 3], uint8 RGB. */
export interface Shard {
  first: number;
  count: number;
  side: number;
  pixels: Uint8Array;
}

/** A shard of which some rows may be lost: their pixels are zeros. */
export interface SalvagedShard extends Shard {
  damaged: number[];
}

/** Bytes of a shard in a record, at most: what Chromium stores fastest; a megabyte takes half as long again. */
const RECORD_BYTES = 524288;
/** Bytes of a shard in a file: a few files a thousand pictures, and little to read for one of them. */
const FILE_BYTES = 4194304;

/** Shards on their way into the database: their bytes are in files where the browser has some, else in the records. */
export interface StoredShards {
  records: PixelShard[];
  sizes: ShardSize[];
  /** Takes back what is stored, after the records were refused. */
  discard(): Promise<void>;
}

/** Makes the shards of squares [side, side, 3] of rows from `first` on. The records are still to be put. */
export async function storeShards(
  db: Database,
  dataset: string,
  first: number,
  side: number,
  squares: readonly Uint8Array[],
): Promise<StoredShards> {
  const files = squares.length > 0 ? await pixelFiles(db.name, dataset) : null;
  const bytes = side * side * 3;
  const most = Math.max(1, Math.floor((files ? FILE_BYTES : RECORD_BYTES) / bytes));
  const records: PixelShard[] = [];
  const named = (): string[] => records.flatMap(({ pixels }) => (typeof pixels === 'string' ? [pixels] : []));
  const discard = async (): Promise<void> => files?.remove(named());
  try {
    for (let from = 0; from < squares.length; from += most) {
      const some = squares.slice(from, from + most);
      const pixels = joined(some);
      const size = { dataset, first: first + from, count: some.length, side };
      const kept = files ? await files.write(pixels) : pixels.buffer;
      records.push({ ...size, checks: Uint32Array.from(some, checksum), pixels: kept });
    }
  } catch (cause) {
    await discard();
    throw cause;
  }
  const sizes = records.map(({ first, count, side }) => ({ dataset, first, count, side }));
  return { records, sizes, discard };
}

/** Where the rows of a data set lie: shards in order, without a gap from row 0 on. Reads no pixels. */
export async function shardIndex(
  db: Database,
  dataset: string,
): Promise<{ first: number; count: number; side: number }[]> {
  const sizes = await guarded('reading the list of pixels', () => db.getAll('shards', below(dataset)));
  return sizes.map(({ first, count, side }) => ({ first, count, side }));
}

export function damagedRows(rows: number[]): Fault {
  const shown = rows.slice(0, 8).map((row) => row + 1);
  const more = rows.length > shown.length ? ` and ${rows.length - shown.length} more` : '';
  return new Fault(
    'data',
    `The stored pixels of picture${rows.length > 1 ? 's' : ''} number ${shown.join(', ')}${more} are damaged.`,
    'The others are good. Delete the collection and import its pictures again to have all of them.',
  );
}

/**
 * The shard that begins at row `first`, with what is left of it: rows whose checksum does not fit, and rows that a cut
 * shard lacks, are named in `damaged` and zero.
 */
export async function salvageShard(db: Database, dataset: string, first: number): Promise<SalvagedShard> {
  return { first, ...(await salvageRows(db, dataset, first)) };
}

/** The same of some of its rows, in their order, of which no more is read than lies between the first and the last. */
export async function salvageRows(
  db: Database,
  dataset: string,
  first: number,
  only?: readonly number[],
): Promise<Omit<SalvagedShard, 'first'>> {
  const [size, stored] = await guarded('reading pixels', () =>
    Promise.all([db.get('shards', [dataset, first]), db.get('pixels', [dataset, first]).catch(unreadable)]),
  );
  if (!size)
    throw new Fault('data', `The stored pixels from picture number ${first + 1} on are missing.`, 'Import it again.');
  const { side } = size;
  const rows = only ?? Array.from({ length: size.count }, (_, i) => first + i);
  const bytes = side * side * 3;
  const begin = (Math.min(...rows) - first) * bytes;
  const end = (Math.max(...rows) - first + 1) * bytes;
  const found = new Uint8Array((await bytesOf(db, stored, begin, end)) ?? []);
  const pixels = new Uint8Array(rows.length * bytes);
  const damaged: number[] = [];
  rows.forEach((row, i) => {
    const at = (row - first) * bytes - begin;
    const picture = found.subarray(at, at + bytes);
    if (picture.length === bytes && checksum(picture) === stored?.checks[row - first]) pixels.set(picture, i * bytes);
    else damaged.push(row);
  });
  return { count: rows.length, side, pixels, damaged };
}

const bytesOf = async (
  db: Database,
  shard: PixelShard | undefined,
  from: number,
  to: number,
): Promise<ArrayBuffer | undefined> =>
  typeof shard?.pixels === 'string'
    ? readPixelFile(db.name, shard.dataset, shard.pixels, from, to)
    : shard?.pixels.slice(from, to);
