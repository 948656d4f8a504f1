import type { Interval } from './records';

// What each query got, kept so that a measure can be taken again on other queries: for intervals and paired comparisons.
// Plain data: it crosses threads and can be stored.

/** A measure that is the mean of a number a query: hits, average precision, absolute error. */
export interface MeanScores {
  kind: 'mean';
  /** [queries]: rows of the data set. */
  rows: Int32Array;
  /** [queries] */
  values: Float64Array;
}

/** A mean within each class first, so that small classes count as much as large ones. */
export interface ClassMeanScores {
  kind: 'class mean';
  rows: Int32Array;
  values: Float64Array;
  /** [queries] class numbers. */
  classes: Int32Array;
}

/** R2: the share of the targets' variance that predictions explain; 0 is guessing the mean, below is worse. */
export interface ExplainedScores {
  kind: 'explained';
  rows: Int32Array;
  targets: Float64Array;
  predicted: Float64Array;
}

export type Scores = MeanScores | ClassMeanScores | ExplainedScores;

/** How much higher a measure of one embedding is than of another, over the queries that both were asked. */
export interface Difference {
  /** First less second. */
  value: number;
  /** 95 %, paired. */
  interval: Interval;
  queries: number;
  /** Independent things among the queries: groups, or the queries themselves. */
  units: number;
}
