import {
  betterWay,
  type ComparisonCell,
  type ComparisonColumn,
  type ComparisonRow,
  type ComparisonTable,
  columnNames,
  columnWords,
  isShare,
  measureWords,
} from '../../core/comparison/table';
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
  column.measure === measure.name && column.labels === measure.column;

/** Every measure that some contender has, in the order in which they come up. */
function columnsOf(contenders: readonly Contender[]): ComparisonColumn[] {
  const columns: ComparisonColumn[] = [];
  for (const found of contenders.flatMap(({ measures }) => measures))
    if (!columns.some((column) => sameColumn(column, found)))
      columns.push({ measure: found.measure.name, labels: found.measure.column, protocol: found.measure.protocol });
  return columns;
}

/** How much better than another, in the column's sense: above 0 is better. */
const advantage = (column: ComparisonColumn, one: Found, other: Found): number => {
  const gap = one.measure.value - other.measure.value;
  return betterWay(column.measure) === 'lower' ? -gap : gap;
};

/** Whether two values differ beyond chance; null where that is not known. */
function apart(one: Found, other: Found, resampling: Resampling): boolean | null {
  if (one.scores && other.scores) return distinguishable(one.scores, other.scores, resampling);
  const counted = [one, other].every(({ measure }) => isShare(measure.name) && measure.queries !== undefined);
  return counted ? compareShares(one.measure, other.measure) !== 'same' : null;
}

function cellsOf(
  column: ComparisonColumn,
  found: readonly (Found | undefined)[],
  resampling: Resampling,
): (ComparisonCell | null)[] {
  const known = found.filter((one) => one !== undefined && !Number.isNaN(one.measure.value));
  const best =
    betterWay(column.measure) === null || known.length === 0
      ? undefined
      : known.reduce((a, b) => (b && a && advantage(column, b, a) > 0 ? b : a));
  return found.map((one) => {
    if (!one) return null;
    const { value, interval } = one.measure;
    const level = best !== undefined && apart(one, best, resampling) === false;
    return { value, ...(interval && { interval }), best: one === best, level };
  });
}

interface Defeat {
  column: ComparisonColumn;
  ours: Found;
  theirs: Found;
}

/** 'MoCo does worse than raw pixels by kNN (folder), 41.2 % against 55.0 %; also by R@1 (folder).' */
function defeatWords(method: Contender, baseline: Contender, defeats: readonly Defeat[]): string {
  const [{ column, ours, theirs }, ...others] = defeats;
  const [mine, other] = [ours, theirs].map(({ measure }) => measureWords(column.measure, measure.value));
  const also = others.length > 0 ? `; also by ${columnNames(others.map((one) => one.column))}` : '';
  return `${method.name} does worse than ${baseline.name} by ${columnWords(column)}, ${mine} against ${other}${also}.`;
}

/**
 * Embeddings of one data set side by side: the best of each column, what cannot be told from it, and in words each method
 * that a baseline beats beyond chance. Give all contenders the same `resampling`.
 */
export function* compare(contenders: readonly Contender[], resampling: Resampling = {}): Work<ComparisonTable> {
  const columns = columnsOf(contenders);
  const table = columns.map((column) =>
    contenders.map(({ measures }) => measures.find((found) => sameColumn(column, found))),
  ); // [columns][contenders]
  const cells: (ComparisonCell | null)[][] = [];
  for (const [i, column] of columns.entries()) {
    cells.push(cellsOf(column, table[i], resampling));
    yield (i + 1) / columns.length / 2;
  }
  const remarks: string[] = [];
  for (const [m, method] of contenders.entries()) {
    if (method.baseline) continue;
    for (const [b, baseline] of contenders.entries()) {
      if (!baseline.baseline) continue;
      const defeats = columns.flatMap((column, i) => {
        const [ours, theirs] = [table[i][m], table[i][b]];
        if (!ours || !theirs || betterWay(column.measure) === null) return [];
        return advantage(column, theirs, ours) > 0 && apart(ours, theirs, resampling) ? [{ column, ours, theirs }] : [];
      });
      if (defeats.length > 0) remarks.push(defeatWords(method, baseline, defeats));
    }
    yield (1 + (m + 1) / contenders.length) / 2;
  }
  const rows = contenders.map(({ measures: _, ...row }, place) => ({ ...row, cells: cells.map((of) => of[place]) }));
  return { columns, rows, remarks };
}
