import type { ComparisonCell, ComparisonColumn, ComparisonRow, ComparisonTable } from '../../core/comparison/table';
import { measureInfo, measureRank } from '../../core/measures';
import type { Measure } from '../../core/records';
import type { Scores } from '../../core/scores';
import { compareShares } from '../../core/significance';
import type { Resampling } from '../scores/bootstrap';
import { distinguishable } from '../scores/paired';
import type { Work } from '../work';

/** One embedding to be compared: a run's or a baseline's. */
export interface Contender extends Omit<ComparisonRow, 'cells'> {
  /** Scores where there are queries: without them two values cannot be told apart nor said to be level. */
  measures: { measure: Measure; scores?: Scores }[];
}

type Found = Contender['measures'][number];

const sameColumn = (column: ComparisonColumn, { measure }: Found): boolean =>
  column.measure === measure.name && column.labels === measure.column && column.recipe === measure.recipe;

const columnOf = ({ measure: { name, column, recipe, protocol } }: Found): ComparisonColumn => ({
  measure: name,
  labels: column,
  ...(recipe && { recipe }),
  protocol,
});

/** Every measure that some contender has, what tells encoders apart first. */
function columnsOf(contenders: readonly Contender[]): ComparisonColumn[] {
  const columns: ComparisonColumn[] = [];
  for (const found of contenders.flatMap(({ measures }) => measures))
    if (!columns.some((column) => sameColumn(column, found))) columns.push(columnOf(found));
  return columns.toSorted((a, b) => measureRank(a.measure) - measureRank(b.measure));
}

/** How much better than another, in the column's sense: above 0 is better. */
const advantage = (column: ComparisonColumn, one: Found, other: Found): number => {
  const gap = one.measure.value - other.measure.value;
  return measureInfo(column.measure).better === 'lower' ? -gap : gap;
};

/** Whether two values differ beyond chance; null where that is not known. */
function apart(one: Found, other: Found, resampling: Resampling): boolean | null {
  if (one.scores && other.scores) return distinguishable(one.scores, other.scores, resampling);
  const counted = [one, other].every(({ measure }) => measureInfo(measure.name).share && measure.queries !== undefined);
  return counted ? compareShares(one.measure, other.measure) !== 'same' : null;
}

function cellsOf(
  column: ComparisonColumn,
  found: readonly (Found | undefined)[],
  resampling: Resampling,
): (ComparisonCell | null)[] {
  const known = found.filter((one) => one !== undefined && !Number.isNaN(one.measure.value));
  const best =
    measureInfo(column.measure).better === null || known.length < 2
      ? undefined
      : known.reduce((a, b) => (b && a && advantage(column, b, a) > 0 ? b : a));
  const like = known.filter((one) => best && one && apart(one, best, resampling) === false); // itself too
  return found.map((one) => {
    if (!one) return null;
    const { value, interval } = one.measure;
    return { value, ...(interval && { interval }), best: one === best, level: like.length > 1 && like.includes(one) };
  });
}

/**
 * Embeddings of one data set side by side: the best of each column with two values or more, and what cannot be told from it. Give all contenders
 * the same `resampling`.
 */
export function* compare(contenders: readonly Contender[], resampling: Resampling = {}): Work<ComparisonTable> {
  const columns = columnsOf(contenders);
  const cells: (ComparisonCell | null)[][] = []; // [columns][contenders]
  for (const [i, column] of columns.entries()) {
    const found = contenders.map(({ measures }) => measures.find((one) => sameColumn(column, one)));
    cells.push(cellsOf(column, found, resampling));
    yield (i + 1) / columns.length;
  }
  const rows = contenders.map(({ measures: _, ...row }, place) => ({ ...row, cells: cells.map((of) => of[place]) }));
  return { columns, rows };
}
