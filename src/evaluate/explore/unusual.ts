import type { Neighbours } from './visible';

/** How unusual each row is: 1 less the mean cosine with its `nearest` nearest, 0 without any. [count] */
export function unusual({ k, rows, similarities }: Neighbours, nearest: number): Float32Array {
  return Float32Array.from({ length: rows.length / k }, (_, row) => {
    const found = similarities
      .subarray(row * k, row * k + Math.min(nearest, k))
      .filter((_, i) => rows[row * k + i] >= 0);
    return found.length === 0 ? 0 : 1 - found.reduce((sum, one) => sum + one, 0) / found.length;
  });
}
