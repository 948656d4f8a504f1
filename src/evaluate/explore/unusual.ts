import type { NeighbourTable } from '../refine/all_pairs';

/** How unusual each row is: 1 less the mean cosine with its `nearest` nearest. [count] */
export function unusual({ k, rows, similarities }: NeighbourTable, nearest: number): Float32Array {
  return Float32Array.from({ length: rows.length / k }, (_, row) => {
    const found = similarities
      .subarray(row * k, row * k + Math.min(nearest, k))
      .filter((_, i) => rows[row * k + i] >= 0);
    return 1 - found.reduce((sum, one) => sum + one, 0) / Math.max(1, found.length);
  });
}
