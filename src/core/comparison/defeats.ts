import { someColumns, someNames } from './several';
import { type ColumnName, columnWords, measureWords } from './table';

/** A baseline that beats a method beyond chance, by one measure. */
export interface Defeat {
  method: string;
  baseline: string;
  column: ColumnName;
  ours: number;
  theirs: number;
}

/** Items with the same key, groups in the order in which they come up. */
function groupedBy<T>(items: readonly T[], key: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
}

/**
 * One sentence a baseline, whatever it beats: the measure that beats most methods with its numbers, the others by name.
 * 'MoCo v2 (41.2 %) and SimCLR (40.0 %) do worse than raw pixels (55.0 %) by kNN (folder); also, or others, by R@1 (folder).'
 */
export const defeatRemarks = (defeats: readonly Defeat[]): string[] =>
  groupedBy(defeats, ({ baseline }) => baseline).map((of) => {
    const columns = groupedBy(of, ({ column }) => columnWords(column));
    const lead = columns.reduce((most, one) => (one.length > most.length ? one : most));
    const rest = columns.filter((one) => one !== lead).map(([{ column }]) => column);
    const [{ baseline, column, theirs }] = lead;
    const words = (value: number): string => measureWords(column.measure, value);
    const methods = new Set(of.map(({ method }) => method)).size;
    const also = rest.length === 0 ? '' : `; ${methods > 1 ? 'also, or others,' : 'also'} by ${someColumns(rest)}`;
    if (lead.length === 1) {
      const [{ method, ours }] = lead;
      return `${method} does worse than ${baseline} by ${columnWords(column)}, ${words(ours)} against ${words(theirs)}${also}.`;
    }
    const who = someNames(lead.map(({ method, ours }) => `${method} (${words(ours)})`));
    return `${who} do worse than ${baseline} (${words(theirs)}) by ${columnWords(column)}${also}.`;
  });
