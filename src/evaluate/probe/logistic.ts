import { FoldMoments, type Scaling } from '../linear/fold_moments';
import { minimise } from '../linear/lbfgs';
import { type Scale, scaleOf, standardised } from '../linear/standardise';
import { pickRows, type Rows } from '../rows';
import { allRows } from '../sample';
import type { Folds } from '../split/folds';
import { piece, type Work } from '../work';
import { choosePenalties } from './penalty';
import { logProbabilities, type Softmax, SoftmaxLoss } from './softmax';

/** Of mean cross-entropy + penalty / 2 |W|^2, features standardised. */
const PENALTIES = [100, 10, 1, 0.1, 0.01, 1e-3, 1e-4];
/** How far above its minimum the loss may stay, in nats: while choosing a penalty, and for the probe itself. */
const ROUGH = 1e-4;
const FINE = 1e-7;

interface Fitted {
  scale: Scale;
  weights: Softmax;
}

/** Rows without some folds, as a fit takes them, and with what it has to know of them. */
class Fitting {
  private readonly warm = new Map<string, Softmax>();

  constructor(
    private readonly rows: Rows,
    private readonly labels: Int32Array,
    private readonly classes: number,
    private readonly folds: Folds,
    private readonly moments: FoldMoments,
  ) {}

  /** Fits without some folds, from where the last penalty led. */
  *without(folds: readonly number[], penalty: number, tolerance: number): Work<Fitted> {
    const { rows, labels, classes } = this;
    const { scale, correlation } = this.moments.training(folds);
    const training = allRows(rows.count).filter((row) => !folds.includes(this.folds.of[row]));
    const loss = new SoftmaxLoss(
      standardised(pickRows(rows, training), scale),
      training.map((row) => labels[row]),
      classes,
      penalty,
      correlation,
    );
    const key = folds.join();
    const weights = yield* minimise(loss, this.warm.get(key) ?? new Float64Array((rows.dim + 1) * classes), tolerance);
    this.warm.set(key, weights);
    return { scale, weights };
  }

  /** Rows of a fold, and the log-probabilities [rows, classes] a fit gives them. */
  predict({ scale, weights }: Fitted, fold: number): { numbers: Int32Array; logs: Float64Array } {
    const numbers = allRows(this.rows.count).filter((row) => this.folds.of[row] === fold);
    const rows = standardised(pickRows(this.rows, numbers), scale);
    return { numbers, logs: logProbabilities(rows, weights, this.classes) };
  }

  /** Cross-entropy on a fold, summed. */
  lossOn(fitted: Fitted, fold: number): Float64Array {
    const { numbers, logs } = this.predict(fitted, fold);
    return Float64Array.of(numbers.reduce((sum, row, i) => sum - logs[i * this.classes + this.labels[row]], 0));
  }
}

export interface LogisticPredictions {
  /** [count]: the class each row is taken for by what was learned from the other folds. */
  predicted: Int32Array;
  /** [k] */
  penalties: Float64Array;
}

/**
 * Classes predicted from frozen embeddings by multinomial logistic regression, fold by fold, the penalty of each fold
 * chosen inside its training part. `labels` are class numbers 0 .. classes - 1, one a row.
 */
export function* logisticPredictions(
  rows: Rows,
  labels: Int32Array,
  classes: number,
  folds: Folds,
  scaling: Scaling = 'columns',
): Work<LogisticPredictions> {
  const scaled = scaling === 'columns' ? standardised(rows, scaleOf(rows)) : rows;
  const moments = yield* FoldMoments.of(scaled, { values: new Float64Array(0), columns: 0 }, folds, scaling);
  const fitting = new Fitting(scaled, labels, classes, folds, moments);
  const chosen = yield* choosePenalties(folds.k, 1, PENALTIES, function* (penalty, first, second) {
    const fitted = yield* fitting.without([first, second], penalty, ROUGH);
    return { onFirst: fitting.lossOn(fitted, first), onSecond: fitting.lossOn(fitted, second) };
  });
  const predicted = new Int32Array(rows.count);
  for (let fold = 0; fold < folds.k; fold++) {
    const fitted = yield* piece(fitting.without([fold], PENALTIES[chosen[fold]], FINE), fold / folds.k);
    const { numbers, logs } = fitting.predict(fitted, fold);
    for (const [i, row] of numbers.entries()) {
      const ofRow = logs.subarray(i * classes, (i + 1) * classes);
      predicted[row] = ofRow.indexOf(Math.max(...ofRow));
    }
    yield (fold + 1) / folds.k;
  }
  return { predicted, penalties: Float64Array.from(chosen, (place) => PENALTIES[place]) };
}
