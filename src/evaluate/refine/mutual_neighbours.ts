import { CosineIndex } from '../nearest';
import { allRows } from '../sample';

/**
 * Of each row [count, dims] those of its k nearest other rows by cosine that have it among theirs, nearest first. Most
 * such pairs show the same thing, though nobody said so.
 */
export function mutualNeighbours(values: Float32Array, count: number, dims: number, k: number): Int32Array[] {
  const { rows } = new CosineIndex(values, count, dims).nearestOfRows(allRows(count), k);
  const near = (row: number): Int32Array => rows.subarray(row * k, (row + 1) * k);
  return Array.from({ length: count }, (_, row) =>
    near(row).filter((other) => other >= 0 && near(other).includes(row)),
  );
}
