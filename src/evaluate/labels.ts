import type { MeanScores } from '../core/scores';
import type { NearestTable } from './nearest';
import { allRows, grouped } from './sample';

/** A class with fewer pictures asks nothing: leaving one out would leave too few to find. */
export const LEAST_CLASS = 4;

/** Who asks whom when pictures have labels. Pictures without a label take no part. */
export interface LabelledRows {
  /** Rows of the data set that have a label, rising. All that follows counts among these. */
  rows: Int32Array;
  /** [labelled] class number of each. */
  classes: Int32Array;
  classCount: number;
  /** Labelled rows of classes of at least LEAST_CLASS pictures. */
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

/**
 * Sorts labels out as the reference protocol does: queries are the pictures of classes of at least 4, and
 * k = min(20, half the smallest such class), from 10,000 pictures on min(200, ...). `labels` are class numbers a row, -1
 * for none. Null when fewer than two classes are large enough: then there is nothing to tell apart.
 */
export function labelledRows(labels: Int32Array): LabelledRows | null {
  const rows = allRows(labels.length).filter((row) => labels[row] >= 0);
  const classes = rows.map((row) => labels[row]);
  const sizes = classSizes(classes);
  const large = sizes.filter((size) => size >= LEAST_CLASS);
  if (large.length < 2) return null;
  const queries = allRows(rows.length).filter((i) => sizes[classes[i]] >= LEAST_CLASS);
  const most = rows.length >= BIG_BANK ? 200 : 20;
  const k = Math.max(1, Math.min(most, Math.floor(Math.min(...large) / 2)));
  const small = rows.length - queries.length;
  const bare = labels.length - rows.length;
  const reasons = [
    small > 0 && `${grouped(small)} in classes of fewer than ${LEAST_CLASS} ask nothing`,
    bare > 0 && `${grouped(bare)} without a label left out`,
  ].filter((reason) => reason !== false);
  const leftOut = reasons.length > 0 ? ` (${reasons.join('; ')})` : '';
  return { rows, classes, classCount: sizes.filter((size) => size > 0).length, queries, k, leftOut };
}
