import type { Measure } from '../records';
import type { PairedDifference } from './verdict';

export interface SearchWorth {
  /** mAP@R, kNN and R@1 with intervals. */
  measures: readonly Measure[];
  /** From the encoder in use, over the same queries. */
  difference: PairedDifference | null;
}

/** What the encoders of a data set are worth for search, all by one protocol. */
export interface SearchEvaluation {
  dataset: string;
  /** The labels that say what belongs together; null where none tell the pictures apart. */
  column: string | null;
  /** Of refined embeddings, as the data set is searched. */
  refined: boolean;
  /** The encoder in use, from which differences are taken. */
  beside: string | null;
  /** By encoder: those that have embedded all pictures. */
  of: Readonly<Record<string, SearchWorth>>;
}
