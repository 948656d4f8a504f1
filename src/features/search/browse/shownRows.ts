import type { BrowseSlice, ChosenLabel } from '../../../app/store/slices';
import { type LabelColumn, labelOf } from '../../../core/labels/column';
import type { Dataset } from '../../../core/records';

/** Names as people order them: file 2 comes before file 10. */
const order = new Intl.Collator('en', { numeric: true });

/** Everything that is written about each picture, in small letters: [count]. */
export const textsOf = ({ names, columns }: Pick<BrowseSlice, 'names' | 'columns'>): string[] =>
  names.map(({ path }, row) =>
    [path, ...columns.map((column) => labelOf(column, row))].join('\n').toLocaleLowerCase('en'),
  );

/** One test a column that is named: the picture has one of its chosen labels. */
function labelTests(columns: readonly LabelColumn[], chosen: readonly ChosenLabel[]): ((row: number) => boolean)[] {
  const named = new Map<string, Set<string>>();
  for (const { column, name } of chosen) named.set(column, (named.get(column) ?? new Set()).add(name));
  return [...named].map(([name, wanted]) => {
    const column = columns.find((one) => one.name === name);
    return (row) => wanted.has(labelOf(column, row));
  });
}

/** Compares rows; 0 leaves them as imported. */
function comparison({ sort, names, columns, scores }: BrowseSlice): (a: number, b: number) => number {
  if (sort === 'name') return (a, b) => order.compare(names[a]?.path ?? '', names[b]?.path ?? '');
  if (sort === 'bytes') return (a, b) => (names[b]?.fileBytes ?? 0) - (names[a]?.fileBytes ?? 0);
  if (sort === 'changed') return (a, b) => (names[b]?.changedAt ?? -1) - (names[a]?.changedAt ?? -1);
  if (sort === 'like' || sort === 'unusual') return (a, b) => (scores ? (scores[b] ?? -2) - (scores[a] ?? -2) : 0);
  const column = columns.find(({ name }) => sort === `label ${name}`);
  if (column?.kind === 'number') {
    const { values } = column;
    return (a, b) => Number(values[a] === null) - Number(values[b] === null) || (values[a] ?? 0) - (values[b] ?? 0);
  }
  return (a, b) => {
    const [one, other] = [labelOf(column, a), labelOf(column, b)];
    return Number(one === '') - Number(other === '') || order.compare(one, other);
  };
}

/**
 * The rows to show, in order; null for all, as imported.
 * @param texts of `textsOf`; empty while they are not read yet
 */
export function shownRows(
  browse: BrowseSlice,
  texts: readonly string[],
  { count, setAside = [], removed = [] }: Pick<Dataset, 'count' | 'setAside' | 'removed'>,
): number[] | null {
  const { chosen, sort, columns, aside } = browse;
  const words = browse.words.toLocaleLowerCase('en').split(/\s+/).filter(Boolean);
  const asked = texts.length > 0 && (words.length > 0 || chosen.length > 0 || sort !== 'imported');
  if (!asked && setAside.length === 0) return null;
  const [hidden, gone] = [new Set(setAside), new Set(removed)];
  const all = Array.from({ length: count }, (_, row) => row);
  const rows = all.filter((row) => hidden.has(row) === aside && !gone.has(row));
  if (!asked) return rows;
  const tests = labelTests(columns, chosen);
  const found = rows.filter(
    (row) => words.every((word) => (texts[row] ?? '').includes(word)) && tests.every((test) => test(row)),
  );
  return sort === 'imported' ? found : found.sort(comparison(browse));
}
