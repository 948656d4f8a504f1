import { measureInfo } from '../measures';
import type { ComparisonRow, ComparisonTable } from './table';

/** What rows are put in order by: something of the row itself, or the place of a measure. */
export type SortKey = 'name' | 'steps' | 'seconds' | 'images' | 'batch' | 'queue' | 'memory' | number;

function sortValue(row: ComparisonRow, key: SortKey): number | string | null {
  if (key === 'memory') return row.memory?.bytes ?? null;
  if (typeof key !== 'number') return row[key];
  const value = row.cells[key]?.value;
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** Whether the first rows are those with the most, before anything is turned around: of measures the best come first. */
export const mostFirst = ({ columns }: ComparisonTable, key: SortKey): boolean =>
  typeof key === 'number' ? measureInfo(columns[key].measure).better !== 'lower' : key !== 'name';

/** Rows in order; those without a value come last either way. Equal ones stay as they were. */
export function sortedRows(table: ComparisonTable, key: SortKey, down: boolean): ComparisonRow[] {
  return table.rows.toSorted((one, other) => {
    const [a, b] = [sortValue(one, key), sortValue(other, key)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    if (a === b) return 0;
    return a < b === down ? 1 : -1;
  });
}
