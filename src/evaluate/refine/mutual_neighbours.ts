import type { Rows } from '../rows';
import type { Work } from '../work';
import { pairing } from './all_pairs';

/**
 * Of each row of length 1 those of its k nearest other rows by cosine that have it among theirs, nearest first. Most such
 * pairs show the same thing, though nobody said so.
 */
export function* mutualNeighbours(units: Rows, k: number): Work<Int32Array[]> {
  const { rows } = yield* pairing(units, k);
  const near = (row: number): Int32Array => rows.subarray(row * k, (row + 1) * k);
  return Array.from({ length: units.count }, (_, row) =>
    near(row).filter((other) => other >= 0 && near(other).includes(row)),
  );
}
