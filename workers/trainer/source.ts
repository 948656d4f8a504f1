import { Fault } from '../../src/core/fault';
import { standIns } from '../../src/core/set_aside';
import type { Database } from '../../src/database/connection';
import { readDataset } from '../../src/database/datasets';
import { damagedRows, salvageShard, shardIndex } from '../../src/database/pixels';
import { resizeSquares } from '../../src/images/squares';
import type { PixelSource } from '../../src/learn/source';

/** Bytes of pixels that are held in memory where those of all pictures fit into them. */
const BUDGET = 1024 ** 3;
/** Shards that are held of more pictures: whoever reads these in order needs one, whoever draws them hardly meets one again. */
const FEW = 16;

/** Reads shards at the run's size and keeps so many of them, those used last. */
function shardCache(
  load: (first: number) => Promise<Uint8Array>,
  most: number,
): (first: number) => Promise<Uint8Array> {
  /** In the order of use. */
  const held = new Map<number, Uint8Array>();
  return async (first) => {
    const pixels = held.get(first) ?? (await load(first));
    held.delete(first);
    held.set(first, pixels);
    if (held.size > most) held.delete(held.keys().next().value as number);
    return pixels;
  };
}

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
): Promise<PixelSource> {
  const record = await readDataset(db, dataset);
  if (!record || record.count === 0) throw new Fault('data', 'This data set has no pictures.', 'Add pictures first.');
  const target = Math.round(margin * side);
  const shards = await shardIndex(db, dataset);
  const other = standIns(record);
  const shardOf = new Int32Array(record.count);
  for (const { first, count } of shards) shardOf.fill(first, first, first + count);
  const size = target * target * 3;
  const fits = record.count * size <= BUDGET;
  const read = shardCache(
    async (first) => {
      const shard = await salvageShard(db, dataset, first);
      if (shard.damaged.length > 0) onDamaged(damagedRows(shard.damaged));
      return shard.side === target ? shard.pixels : resizeSquares(shard.pixels, shard.count, shard.side, target);
    },
    fits ? shards.length : FEW,
  );
  return {
    count: record.count,
    side: target,
    async read(rows) {
      const pixels = new Uint8Array(rows.length * size);
      for (let i = 0; i < rows.length; i++) {
        const row = other.get(rows[i]) ?? rows[i];
        const first = shardOf[row];
        const at = (row - first) * size;
        pixels.set((await read(first)).subarray(at, at + size), i * size);
      }
      return pixels;
    },
  };
}
