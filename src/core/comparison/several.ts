import { type ColumnName, columnNames } from './table';

// What a sentence of a comparison names of many: the first few, and how many more there are.

const [NAMES, MEASURES] = [3, 4];
const LIST = new Intl.ListFormat('en-GB');

/** 'A, B, C and 2 others' */
export function someNames(names: readonly string[]): string {
  const rest = names.length - NAMES;
  if (rest <= 0) return LIST.format(names);
  return `${names.slice(0, NAMES).join(', ')} and ${rest === 1 ? 'one other' : `${rest} others`}`;
}

/** 'kNN, R@1, R@5 (folder); probe R2 (price) and 3 more': none of the label columns is left out before all have one. */
export function someColumns(columns: readonly ColumnName[]): string {
  const isFirst = ({ labels }: ColumnName, place: number): boolean =>
    columns.findIndex((other) => other.labels === labels) === place;
  const named = [...columns.filter(isFirst), ...columns.filter((column, place) => !isFirst(column, place))];
  const rest = columns.length - MEASURES;
  return `${columnNames(named.slice(0, MEASURES))}${rest > 0 ? ` and ${rest} more` : ''}`;
}
