import type { Interval, Measure } from '../records';
import { compareShares, standardError } from '../significance';
import type { Encoder } from './encoder';

/** What tells two encoders apart, the best first: by labels where there are labels, else by views of one recipe. */
const TELLING = ['kNN', 'R@1', 'two-view R@1'] as const;

/** The measure by which an encoder is shown, or null while nothing was measured. */
export function tellingMeasure({ evaluation }: Pick<Encoder, 'evaluation'>): Measure | null {
  const found = TELLING.map((name) => evaluation?.measures.find((measure) => measure.name === name));
  return found.find((measure) => measure !== undefined) ?? null;
}

/** The stored interval, else two standard errors of a share of so many queries; null where neither is known. */
export function intervalOf(measure: Measure): Interval | null {
  if (measure.interval) return measure.interval;
  if (!measure.queries) return null;
  const error = 2 * standardError(measure);
  return { low: Math.max(0, measure.value - error), high: Math.min(1, measure.value + error) };
}

export interface EncoderVerdict {
  outcome: 'better' | 'same' | 'worse' | 'unknown';
  /** One plain sentence with the figures. */
  text: string;
}

const figure = (measure: Measure): string => {
  const interval = intervalOf(measure);
  const share = (value: number) => value.toFixed(3);
  return interval
    ? `${share(measure.value)} (${share(interval.low)} to ${share(interval.high)})`
    : share(measure.value);
};

/**
 * Whether a new encoder finds better than the one in use, by the first measure that both have; beyond two standard errors
 * of the difference, so that it errs on the side of "cannot be told apart".
 */
export function encoderVerdict(
  fresh: Pick<Encoder, 'name' | 'evaluation'>,
  inUse: Pick<Encoder, 'name' | 'evaluation'>,
): EncoderVerdict {
  for (const name of TELLING) {
    const [ours, theirs] = [fresh, inUse].map(({ evaluation }) =>
      evaluation?.measures.find((one) => one.name === name),
    );
    if (!ours || !theirs || ours.recipe !== theirs.recipe) continue;
    const outcome = ({ higher: 'better', same: 'same', lower: 'worse' } as const)[compareShares(ours, theirs)];
    const words = {
      better: `${fresh.name} finds better than ${inUse.name}`,
      same: `${fresh.name} and ${inUse.name} cannot be told apart`,
      worse: `${fresh.name} finds worse than ${inUse.name}`,
    }[outcome];
    return { outcome, text: `${words}: ${name} ${figure(ours)} against ${figure(theirs)}.` };
  }
  return {
    outcome: 'unknown',
    text: `Nothing was measured that would tell ${fresh.name} from ${inUse.name}. Labels would.`,
  };
}
