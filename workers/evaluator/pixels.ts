import { Fault } from '../../src/core/fault';
import { standIns } from '../../src/core/set_aside';
import type { Database } from '../../src/database/connection';
import { readDataset } from '../../src/database/datasets';
import { salvageShard, shardIndex } from '../../src/database/pixels';
import { SMALL, shrink } from '../../src/evaluate/shrink';

/**
 * Pictures of a data set at 32 x 32: uint8 [count, 32, 32, 3], read shard by shard. Damaged ones are black; in the place of one
 * that was removed another stands.
 */
export async function smallPixels(db: Database, dataset: string): Promise<{ pixels: Uint8Array; count: number }> {
  const shards = await shardIndex(db, dataset);
  const count = shards.reduce((sum, shard) => sum + shard.count, 0);
  if (count === 0) throw new Fault('data', 'This collection has no pictures.', 'Add pictures first.');
  const pixels = new Uint8Array(count * SMALL * SMALL * 3);
  for (const { first } of shards) {
    const shard = await salvageShard(db, dataset, first);
    pixels.set(shrink(shard.pixels, shard.count, shard.side), first * SMALL * SMALL * 3);
  }
  const size = SMALL * SMALL * 3;
  const record = await readDataset(db, dataset);
  for (const [row, other] of record ? standIns(record) : [])
    pixels.copyWithin(row * size, other * size, (other + 1) * size);
  return { pixels, count };
}
