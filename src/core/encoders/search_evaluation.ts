import type { Measure } from '../records';
import type { Measured } from './decisive';
import { type Beside, type EncoderVerdict, encoderVerdict, type PairedDifference } from './verdict';

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

/** How one encoder differs from another over the same queries; null where differences were taken from neither. */
export function pairedWith({ beside, of }: SearchEvaluation, one: string, other: string): PairedDifference | null {
  if (beside === other) return of[one]?.difference ?? null;
  const turned = beside === one ? of[other]?.difference : null;
  if (!turned) return null;
  const { value, interval } = turned;
  return { ...turned, value: -value, interval: { low: -interval.high, high: -interval.low } };
}

type Identified = Measured & { id: string };

/** Whether an encoder of the list finds better than another, as the data set is searched. */
export const searchVerdict = (
  evaluation: SearchEvaluation,
  fresh: Identified,
  inUse: Identified,
  beside: Pick<Beside, 'subject' | 'used'> = {},
): EncoderVerdict =>
  encoderVerdict(fresh, inUse, {
    paired: pairedWith(evaluation, fresh.id, inUse.id),
    view: evaluation.refined ? 'refined' : '',
    ...beside,
  });
