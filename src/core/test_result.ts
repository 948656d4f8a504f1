import type { Measure } from './records';
import type { Scores } from './scores';

// What downstream tests found: how well one embedding serves for one label column. Plain data, stored and sent.

/** The class of each picture that was tested and the one predicted for it: [tested] each. */
export interface ClassPredictions {
  names: readonly string[];
  /** Rows of the data set. */
  rows: Int32Array;
  truth: Int32Array;
  predicted: Int32Array;
}

/** Numbers and what was predicted for them: [tested] each. */
export interface NumberPredictions {
  /** Rows of the data set. */
  rows: Int32Array;
  targets: Float64Array;
  predicted: Float64Array;
}

/** One embedding evaluated by one label column. */
export interface TestResult {
  dataset: string;
  /** Name of the label column. */
  column: string;
  /** A run's id, or a baseline. */
  of: string;
  /** Changes with the embedding: what was found for another is out of date. */
  version: string;
  /** Name of the column whose groups were kept together, or null. */
  groups: string | null;
  /** [pictures]: those with the same number were kept together, see keptTogether. */
  units: Int32Array;
  measures: { measure: Measure; scores: Scores }[];
  classes: ClassPredictions | null;
  numbers: NumberPredictions | null;
}

/** What the page shows of one result besides its measures. */
export type Predictions = Pick<TestResult, 'column' | 'of' | 'classes' | 'numbers'>;
