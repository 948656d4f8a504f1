import { Places } from '../nearest';
import { product } from '../products';
import type { Rows } from '../rows';
import { PANEL, PanelProducts } from './panel_products';

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
  const { count } = unit;
  const places = new Places(count, k);
  const lowest = new Float64Array(count).fill(1);
  const screen = new PanelProducts(unit);
  const { out, error } = screen;
  // Beyond these a product in single precision may change what is known of a row.
  const above = new Float64Array(count).fill(-Infinity);
  const below = new Float64Array(count).fill(Infinity);
  const settle = (row: number, other: number, exact: number): void => {
    places.offer(row, other, exact);
    if (exact < lowest[row]) lowest[row] = exact;
    above[row] = places.values[row * k + k - 1] - error;
    below[row] = lowest[row] + error;
  };
  for (let from = 0; from < count; from += PANEL) {
    screen.ofPanel(from / PANEL);
    for (let row = from; row < Math.min(from + PANEL, count); row++)
      for (let other = 0; other < row; other++) {
        const near = out[(other & -PANEL) * PANEL + (row - from) * PANEL + (other & (PANEL - 1))];
        if (near <= above[row] && near <= above[other] && near >= below[row] && near >= below[other]) continue;
        const exact = product(unit, row, other);
        settle(row, other, exact);
        settle(other, row, exact);
      }
  }
  return { k, rows: places.rows, similarities: places.values, lowest };
}
