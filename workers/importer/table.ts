import type { Pending } from './intake';

/** What is said of each table that is not taken along. */
export const SEVERAL = 'There are several CSV files: drop the one with the labels by itself, or call it labels.csv.';

const nameOf = ({ path }: Pending): string => (path.split('/').at(-1) ?? '').toLowerCase();

/** The table of labels among the CSV files of a folder: the only one, or the only one called labels.csv. Null: unclear. */
export function labelTable(tables: readonly Pending[]): Pending | null {
  const named = tables.filter((table) => nameOf(table) === 'labels.csv');
  const [one, other] = named.length > 0 ? named : tables;
  return one && !other ? one : null;
}
