import { gram, transposed } from '../gram';
import { pickRows, type Rows } from '../rows';
import { allRows } from '../sample';
import type { Folds } from '../split/folds';
import type { Work } from '../work';
import { deviationOf, type Scale } from './standardise';

/** Sums over the rows of one fold. */
interface Sums {
  count: number;
  /** [dim], [targets] */
  x: Float64Array;
  y: Float64Array;
  /** X'X [dim, dim] and X'Y [dim, targets]. */
  xx: Float64Array;
  xy: Float64Array;
}

/** Second moments of a training part whose features are scaled and whose targets are centred by that part alone. */
export interface TrainingMoments {
  count: number;
  scale: Scale;
  /** [targets] */
  targetMean: Float64Array;
  /** Correlations of features [dim, dim], and their mean products with the targets [dim, targets]. */
  correlation: Float64Array;
  cross: Float64Array;
}

/** Targets [count, columns], row-major. */
export interface Targets {
  values: Float64Array;
  columns: number;
}

/** 'columns': each feature by its deviation. 'as they are': not at all, for features whose sizes mean something. */
export type Scaling = 'columns' | 'as they are';

/**
 * Sums fold by fold, so that the moments of any training part are a few additions and no second pass over the rows:
 * nested cross-validation of closed forms costs hardly more than one fit.
 */
export class FoldMoments {
  private constructor(
    private readonly sums: readonly Sums[],
    readonly dim: number,
    readonly columns: number,
    private readonly scaling: Scaling,
  ) {}

  /** `rows` should have columns of about mean 0 and deviation 1, or the sums cancel badly. */
  static *of(rows: Rows, targets: Targets, { k, of }: Folds, scaling: Scaling): Work<FoldMoments> {
    const sums: Sums[] = [];
    for (let fold = 0; fold < k; fold++) {
      const numbers = allRows(rows.count).filter((row) => of[row] === fold);
      sums.push(sumsOf(pickRows(rows, numbers), targets, numbers));
      yield (fold + 1) / k;
    }
    return new FoldMoments(sums, rows.dim, targets.columns, scaling);
  }

  /** Moments of all folds but these. */
  training(without: readonly number[]): TrainingMoments {
    const parts = this.sums.filter((_, fold) => !without.includes(fold));
    const count = parts.reduce((sum, part) => sum + part.count, 0);
    const added = (name: 'x' | 'y' | 'xx' | 'xy'): Float64Array => {
      const total = new Float64Array(this.sums[0][name].length);
      for (const { [name]: part } of parts) for (let i = 0; i < total.length; i++) total[i] += part[i] / count;
      return total;
    };
    const [mean, targetMean] = [added('x'), added('y')];
    const [correlation, cross] = [added('xx'), added('xy')];
    const { dim, columns } = this;
    const deviation = mean.map((value, i) =>
      this.scaling === 'columns' ? deviationOf(correlation[i * dim + i] - value ** 2) : 1,
    );
    for (let i = 0; i < dim; i++) {
      for (let j = 0, at = i * dim; j < dim; j++, at++)
        correlation[at] = (correlation[at] - mean[i] * mean[j]) / (deviation[i] * deviation[j]);
      for (let t = 0, at = i * columns; t < columns; t++, at++)
        cross[at] = (cross[at] - mean[i] * targetMean[t]) / deviation[i];
    }
    return { count, scale: { mean, deviation }, targetMean, correlation, cross };
  }
}

function sumsOf(rows: Rows, { values, columns }: Targets, numbers: Int32Array): Sums {
  const { count, dim } = rows;
  const [x, y] = [new Float64Array(dim), new Float64Array(columns)];
  const xy = new Float64Array(dim * columns);
  for (let row = 0, at = 0; row < count; row++)
    for (let j = 0; j < dim; j++, at++) {
      x[j] += rows.values[at];
      for (let t = 0; t < columns; t++) xy[j * columns + t] += rows.values[at] * values[numbers[row] * columns + t];
    }
  for (const number of numbers) for (let t = 0; t < columns; t++) y[t] += values[number * columns + t];
  return { count, x, y, xx: gram(transposed(rows)), xy };
}
