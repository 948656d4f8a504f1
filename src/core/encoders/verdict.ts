import { count, counted, decimals, percent } from '../amounts';
import { type Decisive, measureInfo } from '../measures';
import type { Interval, Measure } from '../records';
import type { Difference } from '../scores';
import { beyondChance, compareShares, standardError } from '../significance';
import { decisiveOf, type Measured } from './decisive';

/** A difference of the measure by which two encoders are compared. */
export type PairedDifference = Difference & { name: Decisive };

type Compared = 'better' | 'same' | 'worse';

export interface EncoderVerdict {
  outcome: Compared | 'unknown';
  /** What to do, in one plain sentence; of what is used already, how it finds. */
  advice: string;
  /** In one more sentence: what was measured, by what, and how far apart both are; '' where nothing was. */
  figures: string;
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

/** By the paired difference where it is known; a share by its queries; what is no share by intervals that do not meet. */
function compare(ours: Measure, theirs: Measure, paired: Difference | null): Compared {
  const sign = (value: number): Compared => (value > 0 ? 'better' : 'worse');
  if (paired) return beyondChance(paired) ? sign(paired.value) : 'same';
  if (ours.name !== 'mAP@R')
    return ({ higher: 'better', same: 'same', lower: 'worse' } as const)[compareShares(ours, theirs)];
  const [a, b] = [ours.interval, theirs.interval];
  return a && b && (a.low > b.high || a.high < b.low) ? sign(ours.value - theirs.value) : 'same';
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

/** What says which pictures belong together: 'the folders of 166 pictures', 'your 45 labels in “kind”'. */
export function measuredBy({ name, column, queries }: Measure): string {
  const pictures = queries === undefined ? 'all pictures' : counted(queries, 'picture');
  const { by } = measureInfo(name);
  if (by === 'views') return `two views of ${pictures}`;
  if (by === 'partners') return `the given partners of ${pictures}`;
  if (column === undefined || column === 'folder') return `the folders of ${pictures}`;
  return `your ${queries === undefined ? '' : `${count(queries)} `}labels in “${column}”`;
}

export interface Beside {
  /** Of the measure that decides, over the queries that both were asked. */
  paired?: PairedDifference | null;
  /** How both were searched: 'refined'. */
  view?: string;
  /** What is compared, where it is called otherwise than the encoder: 'Training'. */
  subject?: string;
  /** It is used already: the sentence says what was found, and advises nothing. */
  used?: boolean;
}

/**
 * Whether one encoder finds better than the one in use, by the first measure that both have: only what cannot be chance is
 * 'better' or 'worse', and only what is better is to be used.
 */
export function encoderVerdict(
  fresh: Measured,
  inUse: Measured,
  { paired = null, view = '', subject = fresh.name, used = false }: Beside = {},
): EncoderVerdict {
  const decisive = decisiveOf(fresh, inUse);
  if (!decisive)
    return {
      outcome: 'unknown',
      advice: `${fresh.name} and ${inUse.name} cannot be compared yet. Label some pictures first.`,
      figures: '',
    };
  const { name, measures } = decisive;
  const [ours, theirs] = measures;
  const difference = paired?.name === name ? paired : null;
  const outcome = compare(ours, theirs, difference);
  const keep = used ? '' : `: keep ${inUse.name}`;
  const advice = {
    better: `${subject} finds better than ${inUse.name}${used ? '' : ': use it'}.`,
    same: `${subject} makes no clear difference${keep}.`,
    worse: `${subject} finds worse${used ? ` than ${inUse.name}` : keep}.`,
  }[outcome];
  // Frozen views are compared as the encoders give them.
  const how = view !== '' && name !== 'two-view R@1' ? `, both ${view}` : '';
  const figures = `Measured by ${measuredBy(ours)}: ${name} ${numbers(ours, theirs, difference)}${how}.`;
  return { outcome, advice, figures };
}
