import { type CosineIndex, type NearestTable, Places } from '../nearest';
import { product } from '../products';
import { rounding } from './rounding';

/** What a search in single precision found, nearest first; row -1 where there was nothing more. */
export interface Candidates {
  /** [queries, each] */
  rows: Int32Array;
  /** [queries, each] */
  similarities: Float32Array;
}

/**
 * Settles a search by its candidates: their similarities are taken anew as the loop takes them, and they are offered in
 * the loop's order. A row that is no candidate is at most as near as the last candidate seemed, but for rounding: where
 * even so it would be farther than the k-th nearest candidate, nothing was missed. Where that is not certain, in a crowd
 * of near ties, the loop itself decides.
 * @param each candidates of a query; at least k, or as many as there are other rows
 * @returns null when the candidates are not what single precision could have found
 */
export function settle(
  index: CosineIndex,
  queries: Int32Array,
  k: number,
  { rows, similarities }: Candidates,
  each: number,
): NearestTable | null {
  const off = rounding(index.dim);
  const places = new Places(queries.length, k);
  const uncertain: number[] = [];
  for (const [i, query] of queries.entries()) {
    const found = Array.from(rows.subarray(i * each, (i + 1) * each), (row, place) => ({
      row,
      rough: similarities[i * each + place],
    })).filter(({ row }) => row >= 0);
    const farthest = found.reduce((least, { rough }) => Math.min(least, rough), Infinity);
    found.sort((a, b) => a.row - b.row);
    for (const [place, { row, rough }] of found.entries()) {
      const similarity = product(index.unit, query, row);
      const twice = place > 0 && found[place - 1].row === row;
      if (twice || row === query || !(Math.abs(similarity - rough) <= off)) return null;
      places.offer(i, row, similarity);
    }
    const whole = found.length === index.count - 1;
    if (!whole && !(farthest + off < places.values[i * k + k - 1])) uncertain.push(i);
  }
  if (uncertain.length > 0) {
    const asked = Int32Array.from(uncertain, (i) => queries[i]);
    const exact = index.nearestOfRows(asked, k);
    for (const [place, i] of uncertain.entries()) {
      places.rows.set(exact.rows.subarray(place * k, (place + 1) * k), i * k);
      places.values.set(exact.similarities.subarray(place * k, (place + 1) * k), i * k);
    }
  }
  return { k, queries, rows: places.rows, similarities: places.values };
}
