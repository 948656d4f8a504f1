import { Fault } from '../../src/core/fault';
import { standIns } from '../../src/core/set_aside';
import type { Database } from '../../src/database/connection';
import { readDataset } from '../../src/database/datasets';
import { damagedRows, salvageRows, shardIndex } from '../../src/database/pixels';
import { resizeSquares } from '../../src/images/squares';
import type { PixelSource } from '../../src/learn/source';

/** Bytes of pixels that are held in memory where those of all pictures fit into them. */
const BUDGET = 256 * 1024 ** 2;
/** Shards that are read at a time. */
const TOGETHER = 16;

/**
 * The pictures of a data set as squares [target, target, 3], target = margin * side, resized once from the stored size:
 * enlarged where they are stored smaller, as data sets of earlier versions and of tiny pictures are. Pictures whose stored pixels are damaged come out black; `onDamaged` is told which, so that one bad picture
 * does not keep the others from being used. In the place of one that was removed another stands.
 */
export async function openSource(
  db: Database,
  dataset: string,
  side: number,
  margin: number,
  onDamaged: (fault: Fault) => void,
  budget = BUDGET,
): Promise<PixelSource> {
  const record = await readDataset(db, dataset);
  if (!record || record.count === 0) throw new Fault('data', 'This collection has no pictures.', 'Add pictures first.');
  const target = Math.round(margin * side);
  const shards = await shardIndex(db, dataset);
  const other = standIns(record);
  const shardOf = new Int32Array(record.count);
  for (const { first, count } of shards) shardOf.fill(first, first, first + count);
  const size = target * target * 3;
  const fits = record.count * size <= budget;
  const held = new Map<number, Uint8Array>();
  const told = new Set<number>();
  const load = async (first: number, rows?: readonly number[]): Promise<Uint8Array> => {
    const { count, side: stored, pixels, damaged } = await salvageRows(db, dataset, first, rows);
    const news = damaged.filter((row) => !told.has(row));
    for (const row of news) told.add(row);
    if (news.length > 0) onDamaged(damagedRows(news));
    return stored === target ? pixels : resizeSquares(pixels, count, stored, target);
  };
  const whole = async (first: number): Promise<Uint8Array> => {
    const pixels = held.get(first) ?? (await load(first));
    held.set(first, pixels);
    return pixels;
  };
  return {
    count: record.count,
    side: target,
    async read(wanted) {
      const pixels = new Uint8Array(wanted.length * size);
      const rows = Array.from(wanted, (row) => other.get(row) ?? row);
      const places = Map.groupBy(rows.keys(), (i) => shardOf[rows[i]]);
      const fill = async ([first, at]: [number, number[]]): Promise<void> => {
        const some = await (fits
          ? whole(first)
          : load(
              first,
              at.map((i) => rows[i]),
            ));
        at.forEach((i, place) => {
          const from = fits ? rows[i] - first : place;
          pixels.set(some.subarray(from * size, (from + 1) * size), i * size);
        });
      };
      const all = [...places];
      for (let from = 0; from < all.length; from += TOGETHER)
        await Promise.all(all.slice(from, from + TOGETHER).map(fill));
      return pixels;
    },
  };
}
