import { CosineIndex } from './nearest';
import { pickRows } from './rows';
import { allRows, sampleRows } from './sample';

/** Farthest points of a whole set are its oddest pictures; of a few drawn at random they are merely unlike. */
const CANDIDATES = 64;

/**
 * Rows of `number` pictures unlike each other, the same ones each time: among 64 drawn from the seed, the first, then
 * always the one whose nearest chosen one is farthest by cosine (Gonzalez 1985). In rising order.
 */
export function spreadProbes(values: Float32Array, count: number, dim: number, number = 6, seed = 0): number[] {
  const candidates = sampleRows(allRows(count), CANDIDATES, seed);
  const few = pickRows({ values, count, dim }, candidates);
  const index = new CosineIndex(few.values, few.count, dim, { inPlace: true });
  const closest = new Float64Array(few.count).fill(-Infinity);
  const chosen: number[] = [];
  for (let next = 0; chosen.length < Math.min(number, few.count); ) {
    chosen.push(next);
    for (const { row, similarity } of index.nearest(next, few.count)) closest[row] = Math.max(closest[row], similarity);
    closest[next] = Infinity;
    next = closest.indexOf(Math.min(...closest));
  }
  return chosen.map((place) => candidates[place]).sort((a, b) => a - b);
}
