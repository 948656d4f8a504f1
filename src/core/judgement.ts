import { isPretrained, networkTitle } from './pretrained';
import type { Evaluation, Measure } from './records';
import type { Scores } from './scores';

// What downstream tests found: how well one embedding serves for one label column. Plain data, stored and sent.

/** Embeddings that need no training on these pictures, in the order they are shown. */
export const BASELINES = ['raw pixels', 'colour histogram', 'untrained encoder'] as const;

/** The id of the encoder whose embeddings were tested; null of what is made from the pixels. */
export const embeddedAs = (of: string): string | null =>
  of === 'untrained encoder' ? 'untrained' : BASELINES.some((name) => name === of) ? null : of;

/** Pretrained networks count among them, by the run under which their embeddings are stored. */
export const isBaseline = (of: string): boolean => BASELINES.some((name) => name === of) || isPretrained(of);

/** The baselines of a data set for which there is something: networks trained elsewhere that were asked for, last. */
export const baselinesOf = (evaluations: readonly Pick<Evaluation, 'of'>[]): string[] => [
  ...BASELINES,
  ...evaluations.map(({ of }) => of).filter(isPretrained),
];

/** 'raw pixels', 'MobileNetV2, pretrained' */
export const baselineTitle = (of: string): string => (isPretrained(of) ? `${networkTitle(of)}, pretrained` : of);

/** Which class was taken for which, by the pictures that were judged: [judged] each. */
export interface ClassOutcome {
  names: readonly string[];
  /** Rows of the data set. */
  rows: Int32Array;
  truth: Int32Array;
  predicted: Int32Array;
}

/** Numbers and what was predicted for them: [judged] each. */
export interface NumberOutcome {
  /** Rows of the data set. */
  rows: Int32Array;
  targets: Float64Array;
  predicted: Float64Array;
}

/** One embedding judged by one label column. */
export interface Judgement {
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
  classes: ClassOutcome | null;
  numbers: NumberOutcome | null;
}

/** What is looked at of one judgement besides its measures. */
export type Outcome = Pick<Judgement, 'column' | 'of' | 'classes' | 'numbers'>;
