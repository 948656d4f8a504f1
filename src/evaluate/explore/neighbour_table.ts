import { product } from '../products';
import { allPairs } from '../refine/all_pairs';
import type { Rows } from '../rows';

/** The k nearest other rows of every row, nearest first; row -1 where there are fewer. */
export interface NeighbourTable {
  k: number;
  /** [count, k] */
  rows: Int32Array;
  /** [count, k]: cosines. */
  similarities: Float32Array;
}

/** Of rows of length 1, exhaustively. */
export function neighbourTable(unit: Rows, k: number): NeighbourTable {
  const { rows } = allPairs(unit, k);
  const similarities = Float32Array.from(rows, (other, at) =>
    other < 0 ? -1 : product(unit, Math.floor(at / k), other),
  );
  return { k, rows, similarities };
}

/** How unusual each row is: 1 less the mean cosine with its `nearest` nearest. [count] */
export function unusual({ k, rows, similarities }: NeighbourTable, nearest: number): Float32Array {
  return Float32Array.from({ length: rows.length / k }, (_, row) => {
    const found = similarities
      .subarray(row * k, row * k + Math.min(nearest, k))
      .filter((_, i) => rows[row * k + i] >= 0);
    return 1 - found.reduce((sum, one) => sum + one, 0) / Math.max(1, found.length);
  });
}
