import { someColumns, someNames } from './several';
import { betterWay, type ComparisonRow, type ComparisonTable } from './table';

/** How a row stands beside the baselines in one column. */
export type Standing = 'ahead' | 'level' | 'other';

/**
 * 'ahead': it is the best, and no baseline is level with it. 'level': it cannot be told from the best, and neither can a
 * baseline. Of baselines that were not tested by it nothing is known. Anything else is said by the table's remarks, or is not known.
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

/** A sentence about rows that stand alike, and whether it speaks for them. */
export interface StandingRemark {
  good: boolean;
  text: string;
}

/** What a table says in favour of its runs, and where it leaves open whether training was worth it: a sentence each. */
export function standingRemarks(table: ComparisonTable): StandingRemark[] {
  // Of pixels and colours no views can be asked: only what labels test can be missing.
  const untested = table.columns.filter(
    ({ labels }, place) => labels !== undefined && table.rows.some(({ baseline, cells }) => baseline && !cells[place]),
  );
  return (['ahead', 'level'] as const).flatMap((wanted) => {
    const rows = new Map<string, string[]>(); // what is said -> of whom
    let tested = '';
    for (const row of table.rows) {
      const columns = table.columns.filter((_, place) => !row.baseline && standing(table, row, place) === wanted);
      if (columns.some((column) => untested.includes(column))) tested = ' that was tested';
      const said = someColumns(columns);
      if (said !== '') rows.set(said, [...(rows.get(said) ?? []), row.name]);
    }
    const good = wanted === 'ahead';
    if (rows.size > 1) {
      const each = [...rows].map(([columns, names]) => `${someNames(names)} by ${columns}`).join('. ');
      return [
        {
          good,
          text: `${good ? 'Better than every' : 'Not distinguishable from the best'} baseline${tested}: ${each}.`,
        },
      ];
    }
    return [...rows].map(([columns, names]) => {
      const [who, one] = [someNames(names), names.length === 1];
      const how = good
        ? `${one ? 'does' : 'do'} better than every baseline${tested}`
        : `${one ? 'is' : 'are'} not distinguishable from the best baseline${tested}`;
      return { good, text: `${who} ${how} by ${columns}.` };
    });
  });
}
