import { Draws } from '../../core/random';
import type { Interval } from '../../core/records';
import type { Scores } from '../../core/scores';
import { scored } from './scores';

const RESAMPLES = 1000;
/** Of the resamples, left and right of a 95 % interval. */
const TAIL = 0.025;

export interface Resampling {
  /** Row of the data set -> number of what is drawn as one (group, near duplicates); without it each row for itself. */
  units?: Int32Array;
  resamples?: number;
  seed?: number;
}

/** Numbers 0 .. of the units that rows belong to, and how many there are. */
export function unitsOf(rows: Int32Array, units?: Int32Array): { places: Int32Array; count: number } {
  const numbers = new Map<number, number>();
  const places = rows.map((row) => {
    const unit = units ? units[row] : row;
    const known = numbers.get(unit);
    if (known !== undefined) return known;
    numbers.set(unit, numbers.size);
    return numbers.size - 1;
  });
  return { places, count: numbers.size };
}

/**
 * How often each query counts in each resample: as many units as there are, drawn with replacement (Efron 1979), each
 * with all its queries: queries of one group err together, and count as one. The array is filled anew each time.
 */
export function* resampledWeights(rows: Int32Array, { units, resamples = RESAMPLES, seed = 0 }: Resampling = {}) {
  const { places, count } = unitsOf(rows, units);
  const times = new Float64Array(count);
  const weights = new Float64Array(rows.length);
  for (let resample = 0; resample < resamples; resample++) {
    const draws = new Draws({ seed, purpose: 'sample', step: resample, image: count });
    times.fill(0);
    for (let i = 0; i < count; i++) times[draws.integer(count)]++;
    for (let i = 0; i < rows.length; i++) weights[i] = times[places[i]];
    yield weights;
  }
}

/** The middle 95 % of some values, those that are no numbers left out. Quantiles as numpy's: linear between values. */
export function middle(values: readonly number[]): Interval {
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  const quantile = (share: number): number => {
    const at = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
    return below + (at - Math.floor(at)) * (above - below);
  };
  return sorted.length === 0
    ? { low: Number.NaN, high: Number.NaN }
    : { low: quantile(TAIL), high: quantile(1 - TAIL) };
}

/** 95 % percentile bootstrap interval of a measure, the same each time for a seed. */
export function interval(scores: Scores, resampling: Resampling = {}): Interval {
  const values: number[] = [];
  for (const weights of resampledWeights(scores.rows, resampling)) values.push(scored(scores, weights));
  return middle(values);
}
