import { count as grouped } from '../../core/amounts';
import { knownNumbers, type NumberColumn } from '../../core/labels/column';
import type { NumberPredictions } from '../../core/test_result';
import { pickRows, type Rows } from '../rows';
import type { Resampling } from '../scores/bootstrap';
import { type ScoredMeasure, scoredMeasure } from '../scores/measured';
import { dealFolds } from '../split/folds';
import type { Work } from '../work';
import { probeFeatures } from './features';
import { ridgePredictions } from './ridge';

export interface NumberProbe extends NumberPredictions {
  /** R2 and mean absolute error. */
  measures: ScoredMeasure[];
}

/**
 * How well a linear model of the embeddings [count, dim] predicts a column of numbers for pictures it has not seen.
 * Pictures without a number take no part. Throws a Fault when too few are left.
 */
export function* numberProbe(rows: Rows, column: NumberColumn, resampling: Resampling = {}): Work<NumberProbe> {
  const { rows: known, targets } = knownNumbers(column);
  const { units, seed = 0 } = resampling;
  const features = probeFeatures(pickRows(rows, known), seed);
  const folds = dealFolds(known.length, { seed, units: units && known.map((row) => units[row]) });
  const { predicted } = yield* ridgePredictions(
    features.rows,
    { values: targets, columns: 1 },
    folds,
    features.scaling,
  );
  const protocol = `Ridge regression on standardised embeddings${features.words} of ${grouped(known.length)} pictures, penalty chosen inside each training part; ${folds.words}.`;
  const errors = targets.map((target, i) => Math.abs(target - predicted[i]));
  const explained = { kind: 'explained', rows: known, targets, predicted } as const;
  return {
    measures: [
      scoredMeasure('probe R2', explained, protocol, resampling, column.name),
      scoredMeasure('probe MAE', { kind: 'mean', rows: known, values: errors }, protocol, resampling, column.name),
    ],
    rows: known,
    targets,
    predicted,
  };
}
