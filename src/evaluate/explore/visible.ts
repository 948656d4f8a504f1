import type { NeighbourTable } from '../refine/all_pairs';

/** Of all rows the nearest others, nearest first; -1 and -Infinity where there are fewer. */
export type Neighbours = Pick<NeighbourTable, 'k' | 'rows' | 'similarities'>;

/**
 * The neighbours of all `count` rows, out of those of some, without hidden ones: hidden rows, and all others, have none.
 * @param numbers which rows the table is of
 */
export function visible(
  { k, rows, similarities }: Neighbours,
  numbers: Int32Array,
  hidden: ReadonlySet<number>,
  count: number,
): Neighbours {
  if (numbers.length === count && hidden.size === 0) return { k, rows, similarities };
  const all = {
    k,
    rows: new Int32Array(count * k).fill(-1),
    similarities: new Float32Array(count * k).fill(-Infinity),
  };
  for (const [place, row] of numbers.entries()) {
    if (hidden.has(row)) continue;
    let to = row * k;
    for (let at = place * k; at < (place + 1) * k && rows[at] >= 0; at++) {
      if (hidden.has(numbers[rows[at]])) continue;
      all.rows[to] = numbers[rows[at]];
      all.similarities[to++] = similarities[at];
    }
  }
  return all;
}
