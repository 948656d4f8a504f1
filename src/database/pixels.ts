import { checksum } from '../core/checksum';
import { Fault } from '../core/fault';
import type { Database } from './connection';
import { guarded, unreadable } from './failure';
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

/** Bytes of a shard, at most: what Chromium stores fastest; a megabyte takes half as long again. */
const SHARD_BYTES = 524288;

/** The shards of squares [side, side, 3] of rows from `first` on, as stored. Each is made when it is asked for. */
export function* packShards(
  dataset: string,
  first: number,
  side: number,
  squares: readonly Uint8Array[],
): Generator<{ record: PixelShard; size: ShardSize }> {
  const bytes = side * side * 3;
  const most = Math.max(1, Math.floor(SHARD_BYTES / bytes));
  for (let from = 0; from < squares.length; from += most) {
    const some = squares.slice(from, from + most);
    const pixels = new Uint8Array(some.length * bytes);
    some.forEach((square, i) => {
      pixels.set(square, i * bytes);
    });
    const size = { dataset, first: first + from, count: some.length, side };
    yield { record: { ...size, checks: Uint32Array.from(some, checksum), pixels: pixels.buffer }, size };
  }
}

/** Where the rows of a data set lie: shards in order, without a gap from row 0 on. Reads no pixels. */
export async function shardIndex(
  db: Database,
  dataset: string,
): Promise<{ first: number; count: number; side: number }[]> {
  const sizes = await guarded('reading the list of pixels', () =>
    db.getAll('shards', IDBKeyRange.bound([dataset], [dataset, []])),
  );
  return sizes.map(({ first, count, side }) => ({ first, count, side }));
}

/**
 * The shard that begins at row `first`, whole.
 * @throws Fault 'data' that names the damaged rows
 */
export async function readShard(db: Database, dataset: string, first: number): Promise<Shard> {
  const { damaged, ...shard } = await salvageShard(db, dataset, first);
  if (damaged.length > 0) throw damagedRows(damaged);
  return shard;
}

export function damagedRows(rows: number[]): Fault {
  const shown = rows.slice(0, 8).map((row) => row + 1);
  const more = rows.length > shown.length ? ` and ${rows.length - shown.length} more` : '';
  return new Fault(
    'data',
    `The stored pixels of picture${rows.length > 1 ? 's' : ''} number ${shown.join(', ')}${more} are damaged.`,
    'The others are good. Delete the data set and import its pictures again to have all of them.',
  );
}

/**
 * The shard that begins at row `first`, with what is left of it: rows whose checksum does not fit, and rows that a cut
 * shard lacks, are named in `damaged` and zero.
 */
export async function salvageShard(db: Database, dataset: string, first: number): Promise<SalvagedShard> {
  const [size, stored] = await guarded('reading pixels', () =>
    Promise.all([db.get('shards', [dataset, first]), db.get('pixels', [dataset, first]).catch(unreadable)]),
  );
  if (!size)
    throw new Fault('data', `The stored pixels from picture number ${first + 1} on are missing.`, 'Import it again.');
  const { count, side } = size;
  const bytes = side * side * 3;
  const found = stored ? new Uint8Array(stored.pixels) : new Uint8Array(0);
  const pixels = found.byteLength === count * bytes ? found : padded(found, count * bytes);
  const damaged: number[] = [];
  for (let i = 0; i < count; i++) {
    const picture = pixels.subarray(i * bytes, (i + 1) * bytes);
    if ((i + 1) * bytes <= found.byteLength && checksum(picture) === stored?.checks[i]) continue;
    damaged.push(first + i);
    picture.fill(0);
  }
  return { first, count, side, pixels, damaged };
}

function padded(bytes: Uint8Array, length: number): Uint8Array {
  const whole = new Uint8Array(length);
  whole.set(bytes.subarray(0, length));
  return whole;
}
