import { Places } from '../nearest';
import { fillTile, TILE, tileProducts } from '../products';
import type { Rows } from '../rows';
import { allRows } from '../sample';

/** Of all rows the k nearest other rows, nearest first, and how unlike they are to the least like one. */
export interface AllPairs {
  k: number;
  /** [count, k]; -1 where there are fewer others. */
  rows: Int32Array;
  /** [count, k]: cosines. */
  similarities: Float64Array;
  /** [count]: the lowest cosine with any row. */
  lowest: Float64Array;
}

/** Every pair of rows of length 1 once, exhaustively; of equals the lower row comes first. */
export function allPairs(unit: Rows, k: number): AllPairs {
  const { count, dim } = unit;
  const places = new Places(count, k);
  const { values: best } = places;
  const lowest = new Float64Array(count).fill(1);
  const tile = new Float64Array(dim * TILE);
  const out = new Float64Array(TILE * count);
  const numbers = allRows(count);
  for (let from = 0; from < count; from += TILE) {
    const before = { ...unit, count: Math.min(from + TILE, count) };
    fillTile(tile, unit, numbers, from);
    tileProducts(before, tile, out);
    for (let row = from; row < before.count; row++) {
      const last = row * k + k - 1;
      let low = lowest[row];
      for (let other = 0, at = (row - from) * before.count; other < row; other++, at++) {
        const score = out[at];
        if (score > best[last]) places.offer(row, other, score);
        if (score > best[other * k + k - 1]) places.offer(other, row, score);
        if (score < low) low = score;
        if (score < lowest[other]) lowest[other] = score;
      }
      lowest[row] = low;
    }
  }
  return { k, rows: places.rows, similarities: best, lowest };
}
