import { count as grouped } from '../core/amounts';
import type { MeanScores } from '../core/scores';
import type { NearestTable } from './nearest';
import { allRows } from './sample';

/** A class with fewer pictures asks nothing: leaving one out would leave too few to find. */
export const LEAST_CLASS = 4;

/** Who asks whom when pictures have labels. Pictures without a label take no part. */
export interface LabelledRows {
  /** Rows of the data set that have a label, rising. All that follows counts among these. */
  rows: Int32Array;
  /** [labelled] class number of each. */
  classes: Int32Array;
  classCount: number;
  /** [labelled]: pictures with the same number belong together, and never find each other; null where none do. */
  units: Int32Array | null;
  /** [labelled]: how many pictures of its label each may find. */
  wanted: Int32Array;
  /** Labelled rows that may find at least LEAST_CLASS - 1 of their label. */
  queries: Int32Array;
  /** Neighbours that vote. */
  k: number;
  /** What was left out, in words: empty or ' (...)'. */
  leftOut: string;
}

/** [classes]: how many of each class number there are. */
export function classSizes(classes: Int32Array): Int32Array {
  const sizes = new Int32Array(classes.reduce((most, number) => Math.max(most, number), -1) + 1);
  for (const number of classes) sizes[number]++;
  return sizes;
}

/** What each query of a table of neighbours among the labelled rows got, by its row in the data set. */
export const queryScores = (
  { queries }: NearestTable,
  labelled: LabelledRows,
  value: (i: number, query: number) => number,
): MeanScores => ({
  kind: 'mean',
  rows: queries.map((query) => labelled.rows[query]),
  values: Float64Array.from(queries, (query, i) => value(i, query)),
});

/** From so many pictures on, more than 20 may vote. */
const BIG_BANK = 10_000;

/** Units of the labelled rows; null where each picture is its own. */
function unitsAmong(rows: Int32Array, units: Int32Array | undefined): Int32Array | null {
  const among = units && rows.map((row) => units[row]);
  return among && new Set(among).size < among.length ? among : null;
}

/** How many other pictures of its label each may find: those of its own unit it may not. */
function othersOf(classes: Int32Array, units: Int32Array | null): Int32Array {
  const sizes = classSizes(classes);
  if (!units) return classes.map((number) => sizes[number] - 1);
  const key = (i: number): string => `${classes[i]} ${units[i]}`;
  const together = new Map<string, number>();
  for (let i = 0; i < classes.length; i++) together.set(key(i), (together.get(key(i)) ?? 0) + 1);
  return classes.map((number, i) => sizes[number] - (together.get(key(i)) ?? 0));
}

/**
 * Sorts labels out as the reference protocol does: queries are the pictures of classes of at least 4, and
 * k = min(20, half the smallest such class), from 10,000 pictures on min(200, ...). `labels` are class numbers a row, -1
 * for none; of `units` (see keptTogether) a picture's own is as if it were not there while that picture asks. Null when
 * fewer than two classes are large enough: then there is nothing to tell apart.
 */
export function labelledRows(labels: Int32Array, units?: Int32Array): LabelledRows | null {
  const rows = allRows(labels.length).filter((row) => labels[row] >= 0);
  const classes = rows.map((row) => labels[row]);
  const among = unitsAmong(rows, units);
  const wanted = othersOf(classes, among);
  const queries = allRows(rows.length).filter((i) => wanted[i] >= LEAST_CLASS - 1);
  if (new Set(queries.map((i) => classes[i])).size < 2) return null;
  const least = queries.reduce((fewest, i) => Math.min(fewest, wanted[i] + 1), Infinity);
  const most = rows.length >= BIG_BANK ? 200 : 20;
  const k = Math.max(1, Math.min(most, Math.floor(least / 2)));
  const small = rows.length - queries.length;
  const bare = labels.length - rows.length;
  const few = among
    ? `that find fewer than ${LEAST_CLASS - 1} of their label`
    : `in classes of fewer than ${LEAST_CLASS}`;
  const reasons = [
    among && 'no picture finds those of its own unit: same group, or nearly the same picture',
    small > 0 && `${grouped(small)} ${few} ask nothing`,
    bare > 0 && `${grouped(bare)} without a label left out`,
  ].filter((reason) => typeof reason === 'string');
  const leftOut = reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
  const classCount = new Set(classes).size;
  return { rows, classes, classCount, units: among, wanted, queries, k, leftOut };
}
