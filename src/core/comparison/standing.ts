import { betterWay, type ComparisonRow, type ComparisonTable, columnNames } from './table';

/** How a row stands beside the baselines in one column. */
export type Standing = 'ahead' | 'level' | 'other';

/**
 * 'ahead': it is the best, and no baseline is level with it. 'level': it cannot be told from the best, and neither can a
 * baseline. Anything else is said by the table's remarks, or is not known.
 */
export function standing({ columns, rows }: ComparisonTable, row: ComparisonRow, place: number): Standing {
  const cell = row.cells[place];
  const baselines = rows.filter((other) => other.baseline && other.cells[place]);
  if (!cell || baselines.length === 0 || betterWay(columns[place].measure) === null) return 'other';
  const near = baselines.some(({ cells }) => cells[place]?.best || cells[place]?.level);
  if (near) return cell.best || cell.level ? 'level' : 'other';
  const known = cell.interval !== undefined && baselines.every(({ cells }) => cells[place]?.interval !== undefined);
  return cell.best && known ? 'ahead' : 'other';
}

/** What a table says in favour of a row, and where it leaves open whether training was worth it. */
export function standingWords(table: ComparisonTable, row: ComparisonRow): { ahead: string; level: string } {
  const which = (wanted: Standing) => table.columns.filter((_, place) => standing(table, row, place) === wanted);
  const [ahead, level] = [which('ahead'), which('level')];
  return {
    ahead: ahead.length > 0 ? `${row.name} does better than every baseline by ${columnNames(ahead)}.` : '',
    level:
      level.length > 0 ? `${row.name} is not distinguishable from the best baseline by ${columnNames(level)}.` : '',
  };
}
