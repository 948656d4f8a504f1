import type { Dataset } from './records';

/** Rows of a data set that are not set aside, rising. */
export function keptRows({ count, setAside = [] }: Pick<Dataset, 'count' | 'setAside'>): Int32Array {
  const hidden = new Set(setAside);
  return Int32Array.from({ length: count }, (_, row) => row).filter((row) => !hidden.has(row));
}

/** How many those are. */
export const keptCount = ({ count, setAside = [] }: Pick<Dataset, 'count' | 'setAside'>): number =>
  count - setAside.length;

/** The rows set aside after these were as well, or were restored; rising. */
export function withAside(setAside: readonly number[], rows: readonly number[], aside: boolean): number[] {
  const changed = new Set(rows);
  const others = setAside.filter((row) => !changed.has(row));
  return aside ? [...others, ...changed].sort((a, b) => a - b) : others;
}

/** A value a row, null for those set aside. */
export function withoutAside<T>(values: readonly (T | null)[], setAside: readonly number[]): (T | null)[] {
  const left = [...values];
  for (const row of setAside) if (row < left.length) left[row] = null;
  return left;
}
