import type { Measure } from './records';

/** An encoder by what it is worth. */
export interface Measured {
  name: string;
  measures: readonly Measure[];
}

/** What decides which encoder is best, the first that all have: all of a ranking, then partners, then views alone. */
const DECISIVE = ['mAP@R', 'kNN', 'R@1', 'partner R@1', 'two-view R@1'] as const;

export type Decisive = (typeof DECISIVE)[number];

/** The mean of the measures of that name (partners are asked both ways); NaN when there are none. */
const meanOf = ({ measures }: Measured, name: Decisive): number => {
  const found = measures.filter((measure) => measure.name === name);
  return found.reduce((sum, { value }) => sum + value, 0) / found.length;
};

function bestBy<T extends Measured>(encoders: readonly T[], by: Decisive): T | undefined {
  const measured = encoders.filter((one) => Number.isFinite(meanOf(one, by)));
  return measured.toSorted((a, b) => meanOf(b, by) - meanOf(a, by))[0];
}

/** The best of encoders, and by which measure; null where nothing was measured of all of them. */
export function bestEncoder<T extends Measured>(encoders: readonly T[]): { best: T; by: Decisive } | null {
  for (const by of DECISIVE) {
    const measured = encoders.filter((one) => Number.isFinite(meanOf(one, by)));
    if (measured.length < 2) continue;
    return { best: bestBy(measured, by) as T, by };
  }
  return null;
}

const points = (value: number): string => `${(100 * value).toFixed(1)} %`;

/** 'mAP@R 30.1 %, 27.9 to 32.3 %'. */
function told(encoder: Measured, by: Decisive): string {
  const interval = encoder.measures.find(({ name }) => name === by)?.interval;
  const between = interval ? `, ${(100 * interval.low).toFixed(1)} to ${points(interval.high)}` : '';
  return `${by} ${points(meanOf(encoder, by))}${between}`;
}

/**
 * One sentence on whether the best of those whose name begins with `mine` finds better than the best of the others.
 * Intervals that do not meet make a difference; where there are none, nothing more is said than the numbers.
 */
export function encoderVerdict(encoders: readonly Measured[], mine: string): string {
  const of = (ours: boolean) => encoders.filter(({ name }) => name.startsWith(mine) === ours);
  const by = bestEncoder(encoders)?.by;
  const [own, rival] = [of(true), of(false)].map((some) => by && bestBy(some, by));
  if (!by || !own || !rival) return 'Nothing tells these encoders apart: folders or pairs would.';
  const numbers = `${told(own, by)}; ${rival.name}: ${told(rival, by)}`;
  const [a, b] = [own, rival].map(({ measures }) => measures.find(({ name }) => name === by)?.interval);
  if (a && b && a.low > b.high) return `The ${own.name} encoder finds better than ${rival.name} (${numbers}).`;
  if (a && b && a.high < b.low)
    return `The ${own.name} encoder finds worse than ${rival.name} (${numbers}): search with that.`;
  return `The ${own.name} encoder cannot be told from ${rival.name} (${numbers}).`;
}
