import { count as grouped } from '../../core/amounts';
import type { MeasureName } from '../../core/measures';
import type { Measure } from '../../core/records';
import type { Scores } from '../../core/scores';
import { interval, type Resampling, unitsOf } from './bootstrap';
import { scoreOf } from './scores';

/** A measure, and what each query got, for comparing it with another embedding's. */
export interface ScoredMeasure {
  measure: Measure;
  scores: Scores;
}

/** A measure of some scores with its interval; `protocol` is one sentence, to which how the interval was taken is added. */
export function scoredMeasure(
  name: MeasureName,
  scores: Scores,
  protocol: string,
  resampling: Resampling = {},
  column?: string,
): ScoredMeasure {
  const { count } = unitsOf(scores.rows, resampling.units);
  const drawn = count < scores.rows.length ? `${grouped(count)} groups` : `${grouped(count)} queries`;
  const measure: Measure = {
    name,
    value: scoreOf(scores),
    interval: interval(scores, resampling),
    queries: scores.rows.length,
    protocol: `${protocol} Interval: 95 % by bootstrap over ${drawn}.`,
  };
  return { measure: column === undefined ? measure : { ...measure, column }, scores };
}
