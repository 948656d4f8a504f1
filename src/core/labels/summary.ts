import { type ClassColumn, classNumbers, type LabelColumn } from './column';

/** The classes of a column with their pictures, the most frequent first. */
export function classCounts(column: LabelColumn): { name: string; pictures: number }[] {
  const { names, numbers } = classNumbers(column);
  const counts = names.map((name) => ({ name, pictures: 0 }));
  for (const number of numbers) if (number >= 0) counts[number].pictures++;
  return counts.sort((a, b) => b.pictures - a.pictures);
}

/** Classes in the order of the keys that stand for them: as they were first given by hand. */
export function classOrder(column: ClassColumn): string[] {
  const { names } = classNumbers(column);
  const { order = names } = column;
  return [...order.filter((name) => names.includes(name)), ...names.filter((name) => !order.includes(name))];
}

/** Pictures that the column says something about. */
export const labelled = ({ values }: LabelColumn): number => values.filter((value) => value !== null).length;

/** '3 classes', '12 to 80' */
export function contentWords(column: LabelColumn): string {
  if (column.kind === 'class') {
    const { names } = classNumbers(column);
    return names.length === 1 ? '1 class' : `${names.length} classes`;
  }
  const known = column.values.filter((value) => value !== null);
  const [low, high] = known.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  return known.length === 0 ? 'no number' : `${low} to ${high}`;
}
