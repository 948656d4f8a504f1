import { cholesky, solveCholesky } from '../linear/cholesky';
import { FoldMoments, type Scaling, type Targets, type TrainingMoments } from '../linear/fold_moments';
import { scaleOf, standardised } from '../linear/standardise';
import type { Rows } from '../rows';
import type { Folds } from '../split/folds';
import type { Work } from '../work';
import { choosePenalties } from './penalty';

/** In units of a standardised feature's variance. */
const PENALTIES = [1000, 100, 10, 1, 0.1, 0.01, 1e-3, 1e-4];

/** Predicts centred targets from features: y = targetMean + W' (x - mean) / deviation. */
interface Ridge {
  moments: TrainingMoments;
  /** [dim, columns] */
  weights: Float64Array;
}

/**
 * Ridge regression in closed form: W = (R + penalty I)^-1 C, R the features' correlations, C their mean products with
 * the targets (Hoerl & Kennard 1970).
 */
export function ridge(moments: TrainingMoments, penalty: number, dim: number, columns: number): Ridge {
  const matrix = moments.correlation.slice();
  for (let i = 0; i < dim; i++) matrix[i * dim + i] += penalty;
  return { moments, weights: solveCholesky(cholesky(matrix, dim), dim, moments.cross.slice(), columns) };
}

/** Predictions [columns] for one row, into `out`. */
function predict({ moments, weights }: Ridge, { values, dim }: Rows, row: number, out: Float64Array): void {
  const { mean, deviation } = moments.scale;
  out.set(moments.targetMean);
  for (let j = 0, at = row * dim; j < dim; j++, at++) {
    const x = (values[at] - mean[j]) / deviation[j];
    for (let t = 0; t < out.length; t++) out[t] += x * weights[j * out.length + t];
  }
}

/** Sum of squared errors on one fold, a target. */
function squaredErrors(
  fitted: Ridge,
  rows: Rows,
  { values, columns }: Targets,
  of: Int32Array,
  fold: number,
): Float64Array {
  const [errors, out] = [new Float64Array(columns), new Float64Array(columns)];
  for (let row = 0; row < rows.count; row++) {
    if (of[row] !== fold) continue;
    predict(fitted, rows, row, out);
    for (let t = 0; t < columns; t++) errors[t] += (out[t] - values[row * columns + t]) ** 2;
  }
  return errors;
}

export interface RidgePredictions {
  /** [count, columns]: each row predicted by what was learned from the other folds. */
  predicted: Float64Array;
  /** [k, columns] */
  penalties: Float64Array;
}

/**
 * Targets predicted from frozen embeddings, fold by fold, the penalty of each fold and target chosen inside its training
 * part. Features are scaled by the training part. Work grows with count x dim^2 and dim^3.
 */
export function* ridgePredictions(
  rows: Rows,
  targets: Targets,
  folds: Folds,
  scaling: Scaling = 'columns',
): Work<RidgePredictions> {
  const { columns } = targets;
  const scaled = scaling === 'columns' ? standardised(rows, scaleOf(rows)) : rows;
  const { k, of } = folds;
  const moments = yield* FoldMoments.of(scaled, targets, folds, scaling);
  const chosen = yield* choosePenalties(k, columns, PENALTIES, function* (penalty, first, second) {
    const fitted = ridge(moments.training([first, second]), penalty, rows.dim, columns);
    yield 0;
    const [onFirst, onSecond] = [first, second].map((fold) => squaredErrors(fitted, scaled, targets, of, fold));
    return { onFirst, onSecond };
  });
  const predicted = new Float64Array(rows.count * columns);
  const out = new Float64Array(columns);
  for (let fold = 0; fold < k; fold++) {
    const training = moments.training([fold]);
    const places = chosen.subarray(fold * columns, (fold + 1) * columns);
    for (const place of new Set(places)) {
      const fitted = ridge(training, PENALTIES[place], rows.dim, columns);
      for (let row = 0; row < rows.count; row++) {
        if (of[row] !== fold) continue;
        predict(fitted, scaled, row, out);
        for (let t = 0; t < columns; t++) if (places[t] === place) predicted[row * columns + t] = out[t];
      }
    }
    yield (fold + 1) / k;
  }
  return { predicted, penalties: Float64Array.from(chosen, (place) => PENALTIES[place]) };
}
