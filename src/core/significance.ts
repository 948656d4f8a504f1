import type { Difference } from './scores';

/** A share of so many queries. */
export interface Share {
  value: number;
  /** Unknown: taken as it stands. */
  queries?: number;
}

const adjusted = ({ value, queries = 0 }: Share) => {
  const share = (value * queries + 1) / (queries + 2);
  return { share, variance: queries > 0 ? (share * (1 - share)) / (queries + 2) : 0 };
};

/**
 * Standard error of a share. One success and one failure are added, so that a share of 0 or 1 of few queries is not
 * taken for certain (Agresti & Caffo 2000).
 */
export const standardError = (share: Share): number => Math.sqrt(adjusted(share).variance);

/**
 * Whether one share is higher or lower than another beyond chance: by two standard errors of the difference, taken as
 * if the queries were others. They mostly are the same pictures, so it errs on the side of 'same'.
 */
export function compareShares(ours: Share, theirs: Share): 'higher' | 'lower' | 'same' {
  const error = 2 * Math.sqrt(adjusted(ours).variance + adjusted(theirs).variance);
  const difference = ours.value - theirs.value;
  if (Math.abs(difference) <= error) return 'same';
  return difference > 0 ? 'higher' : 'lower';
}

/** A bootstrap of fewer units cannot show a difference: it does not know what it has not drawn. */
const LEAST_UNITS = 10;

/** Whether a paired difference is more than chance: its 95 % interval does not hold 0. */
export const beyondChance = ({ interval, units }: Pick<Difference, 'interval' | 'units'>): boolean =>
  units >= LEAST_UNITS && (interval.low > 0 || interval.high < 0);
