import { decimals, percent } from '../amounts';
import type { Decisive } from '../measures';
import type { Interval, Measure } from '../records';
import type { Difference } from '../scores';
import { beyondChance, compareShares, standardError } from '../significance';
import { decisiveOf, type Measured } from './decisive';

/** A difference of the measure by which two encoders are compared. */
export type PairedDifference = Difference & { name: Decisive };

export interface EncoderVerdict {
  outcome: 'better' | 'same' | 'worse' | 'unknown';
  /** One plain sentence with the figures. */
  text: string;
}

const points = (value: number): string => decimals(100 * value, 1);

/** A difference without its sign: '3.7 points' */
export const pointWords = (value: number): string => `${points(Math.abs(value))} points`;

/** '(28.1 to 32.4)', in per cent or points, as the figure before it */
export const pointRange = ({ low, high }: Interval): string => `(${points(low)} to ${points(high)})`;

/** The stored interval, else two standard errors of a share of so many queries; null where neither is known. */
export function intervalOf(measure: Measure): Interval | null {
  if (measure.interval) return measure.interval;
  if (!measure.queries) return null;
  const error = 2 * standardError(measure);
  return { low: Math.max(0, measure.value - error), high: Math.min(1, measure.value + error) };
}

type Sign = 'higher' | 'lower' | 'same';

const signOf = (value: number): Sign => (value > 0 ? 'higher' : 'lower');

/** By the paired difference where it is known; a share by its queries; what is no share by intervals that do not meet. */
function compare(ours: Measure, theirs: Measure, paired: Difference | null): Sign {
  if (paired) return beyondChance(paired) ? signOf(paired.value) : 'same';
  if (ours.name !== 'mAP@R') return compareShares(ours, theirs);
  const [a, b] = [ours.interval, theirs.interval];
  return a && b && (a.low > b.high || a.high < b.low) ? signOf(ours.value - theirs.value) : 'same';
}

const withInterval = (measure: Measure): string => {
  const interval = intervalOf(measure);
  return interval ? `${percent(measure.value)} ${pointRange(interval)}` : percent(measure.value);
};

/** '30.3 % against 26.6 %, 3.7 points higher (2.1 to 5.4)'; without the paired difference each with its own interval. */
function numbers(ours: Measure, theirs: Measure, paired: Difference | null): string {
  if (!paired) return `${withInterval(ours)} against ${withInterval(theirs)}`;
  const { value, interval } = paired;
  const range = value < 0 ? { low: -interval.high, high: -interval.low } : interval;
  const how = value < 0 ? 'lower' : 'higher';
  return `${percent(ours.value)} against ${percent(theirs.value)}, ${pointWords(value)} ${how} ${pointRange(range)}`;
}

/**
 * Whether one encoder finds better than another, by the first measure that both have: only what cannot be chance is
 * 'better' or 'worse'.
 * @param paired of that measure, over the queries that both were asked
 * @param view how both were searched: 'refined'
 */
export function encoderVerdict(
  fresh: Measured,
  inUse: Measured,
  paired: PairedDifference | null = null,
  view = '',
): EncoderVerdict {
  const decisive = decisiveOf(fresh, inUse);
  if (!decisive)
    return {
      outcome: 'unknown',
      text: `${fresh.name} and ${inUse.name} cannot be compared yet. Label some pictures first.`,
    };
  const { name, measures } = decisive;
  const [ours, theirs] = measures;
  const difference = paired?.name === name ? paired : null;
  const outcome = ({ higher: 'better', same: 'same', lower: 'worse' } as const)[compare(ours, theirs, difference)];
  const words = {
    better: `${fresh.name} finds better than ${inUse.name}`,
    same: `${fresh.name} and ${inUse.name} cannot be told apart`,
    worse: `${fresh.name} finds worse than ${inUse.name}`,
  }[outcome];
  // Frozen views are compared as the encoders give them.
  const how = view !== '' && name !== 'two-view R@1' ? `, both ${view}` : '';
  return { outcome, text: `${words}: ${name} ${numbers(ours, theirs, difference)}${how}.` };
}
