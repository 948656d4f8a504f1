import type { Pending } from './intake';

/** What is said of tables that are not taken along. */
const PAIRED = 'It lists pairs of pictures, which only the command line uses. If it holds labels, rename it.';
export const SEVERAL = 'There are several CSV files: drop the one with the labels by itself, or call it labels.csv.';

const nameOf = ({ path }: Pending): string => (path.split('/').at(-1) ?? '').toLowerCase();

const isPairs = (table: Pending): boolean => nameOf(table) === 'pairs.csv';

/** Why a table is not taken for labels, where none is. */
export const whyNone = (table: Pending): string => (isPairs(table) ? PAIRED : SEVERAL);

/** The table of labels among the CSV files of a folder: the only one but pairs.csv, or the only one called labels.csv. Null: unclear. */
export function labelTable(tables: readonly Pending[]): Pending | null {
  const named = tables.filter((table) => nameOf(table) === 'labels.csv');
  const [one, other] = named.length > 0 ? named : tables.filter((table) => !isPairs(table));
  return one && !other ? one : null;
}
