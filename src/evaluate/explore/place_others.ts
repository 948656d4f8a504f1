import { CosineIndex } from '../nearest';
import { pickRows, type Rows } from '../rows';
import { allRows } from '../sample';
import type { Work } from '../work';

/** Placed rows that one of the others lies among. */
const AMONG = 5;
/** So far from its nearest a placed row no longer counts: it is of another island. */
const FAR = 1;
/** Rows placed between two pauses. */
const PIECE = 64;

/**
 * Coordinates [count, 2] of all rows, of which some are placed: each of the others lies in the middle of those of its five
 * nearest placed ones that lie together.
 * @param rows of length 1
 * @param numbers the rows that are placed, in rising order
 * @param map [numbers, 2]
 */
export function* placeOthers(rows: Rows, numbers: Int32Array, map: Float32Array): Work<Float32Array> {
  const all = new Float32Array(2 * rows.count).fill(Number.NaN);
  for (const [at, row] of numbers.entries()) all.set(map.subarray(2 * at, 2 * at + 2), 2 * row);
  const others = allRows(rows.count).filter((row) => Number.isNaN(all[2 * row]));
  const placed = new CosineIndex(pickRows(rows, numbers).values, numbers.length, rows.dim, { inPlace: true });
  for (let from = 0; from < others.length; from += PIECE) {
    const some = others.subarray(from, from + PIECE);
    const { rows: near } = placed.nearestOfVectors(pickRows(rows, some), allRows(some.length), AMONG);
    for (const [i, row] of some.entries()) all.set(middle(map, near.subarray(i * AMONG, (i + 1) * AMONG)), 2 * row);
    yield Math.min(1, (from + PIECE) / others.length);
  }
  return all;
}

/** The mean place of those that lie with the first. */
function middle(map: Float32Array, [first, ...others]: Int32Array): [number, number] {
  const apart = (at: number): number => Math.hypot(map[2 * at] - map[2 * first], map[2 * at + 1] - map[2 * first + 1]);
  const together = [first, ...others.filter((at) => at >= 0 && apart(at) < FAR)];
  const mean = (axis: number): number => together.reduce((sum, at) => sum + map[2 * at + axis], 0) / together.length;
  return [mean(0), mean(1)];
}
