import type { LabelColumn } from './labels/column';
import type { Dataset } from './records';

/** Rows of a data set that are not set aside, rising. */
export function keptRows({ count, setAside = [] }: Pick<Dataset, 'count' | 'setAside'>): Int32Array {
  const hidden = new Set(setAside);
  return Int32Array.from({ length: count }, (_, row) => row).filter((row) => !hidden.has(row));
}

/** Pictures that are there, set aside or not. */
export const heldCount = ({ count, removed = [] }: Pick<Dataset, 'count' | 'removed'>): number =>
  count - removed.length;

/** Pictures that are set aside and can be restored. */
export const asideCount = ({ setAside = [], removed = [] }: Pick<Dataset, 'setAside' | 'removed'>): number =>
  setAside.length - removed.length;

/**
 * Rows whose pictures are removed, each with one that stands in for it: so what is computed of all rows, such as their mean, is of
 * pictures alone.
 */
export function standIns({ count, removed = [] }: Pick<Dataset, 'count' | 'removed'>): Map<number, number> {
  const kept = keptRows({ count, setAside: removed });
  return new Map(removed.map((row, i) => [row, kept[i % kept.length] ?? row]));
}

/** How many are not set aside. */
export const keptCount = ({ count, setAside = [] }: Pick<Dataset, 'count' | 'setAside'>): number =>
  count - setAside.length;

/** The rows set aside after these were as well, or were restored; rising. */
export function withAside(setAside: readonly number[], rows: readonly number[], aside: boolean): number[] {
  const changed = new Set(rows);
  const others = setAside.filter((row) => !changed.has(row));
  return aside ? [...others, ...changed].sort((a, b) => a - b) : others;
}

/** A column that says nothing of pictures set aside. */
export const columnWithoutAside = (column: LabelColumn, setAside: readonly number[]): LabelColumn =>
  ({ ...column, values: withoutAside<string | number>(column.values, setAside) }) as LabelColumn;

/** A value a row, null for those set aside. */
export function withoutAside<T>(values: readonly (T | null)[], setAside: readonly number[]): (T | null)[] {
  const left = [...values];
  for (const row of setAside) if (row < left.length) left[row] = null;
  return left;
}
