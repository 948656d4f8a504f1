import type { SimilarPairs } from '../../src/core/similar_groups';
import type { Database } from '../../src/database/connection';
import { salvageShard, shardIndex } from '../../src/database/pixels';
import { pictureProperties } from '../../src/evaluate/interpretation/picture_properties';

/**
 * How sharp the stored squares are of pictures that are as large as another of their pair: [pixels.length], 0 for all others, of which
 * the size tells the best one.
 * @param pixels of each picture, [count]
 */
export async function sharpnessOf(
  db: Database,
  dataset: string,
  { first, second }: SimilarPairs,
  pixels: Float64Array,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const asked = new Uint8Array(pixels.length);
  for (const [at, row] of first.entries()) if (pixels[row] === pixels[second[at]]) asked[row] = asked[second[at]] = 1;
  const found = new Float64Array(pixels.length);
  for (const { first: from, count, side } of await shardIndex(db, dataset)) {
    if (!asked.subarray(from, from + count).includes(1)) continue;
    const shard = await salvageShard(db, dataset, from);
    const size = side * side * 3;
    for (let i = 0; i < count; i++)
      if (asked[from + i])
        found[from + i] = pictureProperties(shard.pixels.subarray(i * size, (i + 1) * size), 1, side).sharpness[0];
    await pause();
  }
  return found;
}
