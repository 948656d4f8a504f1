import { keptRows } from '../core/set_aside';
import { pickRows, type Rows } from './rows';
import { allRows } from './sample';

/** What was made of the rows that were not hidden then. */
export interface OfShown<T> {
  readonly hidden: ReadonlySet<number>;
  /** The others, rising: which row each place is. */
  readonly numbers: Int32Array;
  readonly made: T;
}

/** The rows that are not hidden. */
export function shownRows(unit: Rows, hidden: ReadonlySet<number>): OfShown<Rows> {
  if (hidden.size === 0) return { hidden, numbers: allRows(unit.count), made: unit };
  const numbers = keptRows({ count: unit.count, setAside: [...hidden] });
  return { hidden, numbers, made: pickRows(unit, numbers) };
}

/** What still serves: every row that was hidden when it was made is hidden now. */
export const serving = <T>(of: OfShown<T> | undefined, hidden: ReadonlySet<number>): OfShown<T> | null =>
  of && [...of.hidden].every((row) => hidden.has(row)) ? of : null;
