import { keptRows } from '../../src/core/set_aside';

/** Pictures that measures are taken of at most: a sample of a larger collection says as much, the same one of every encoder. */
export const MEASURED = 10_000;

/** Rows at equal distances in 0 .. count - 1 less those set aside, `most` at the most. */
export function evenRows(count: number, most: number, setAside?: readonly number[]): number[] {
  const rows = keptRows({ count, setAside });
  const length = Math.min(rows.length, most);
  return Array.from({ length }, (_, i) => rows[Math.floor((i * rows.length) / length)]);
}

/** The labels of these rows. */
export const pickLabels = (labels: Int32Array | null | undefined, rows: readonly number[]): Int32Array | null =>
  labels ? Int32Array.from(rows, (row) => labels[row]) : null;
