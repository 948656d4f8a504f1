import { transposed } from '../gram';
import { cholesky, solveCholesky } from '../linear/cholesky';
import type { Convex } from '../linear/lbfgs';
import { TILE, tileProducts } from '../products';
import type { Rows } from '../rows';

/** Weights [dim + 1, classes], row-major; the last row holds the biases, which are not penalised. */
export type Softmax = Float64Array;

/** Products of rows with the columns of a matrix [dim, columns], into out [columns rounded up to TILE, count]. */
function rowsTimes(rows: Rows, matrix: Float64Array, columns: number, out: Float64Array): void {
  const tile = new Float64Array(rows.dim * TILE);
  for (let from = 0; from < columns; from += TILE) {
    for (let i = 0; i < rows.dim; i++)
      for (let t = 0; t < TILE; t++) tile[i * TILE + t] = from + t < columns ? matrix[i * columns + from + t] : 0;
    tileProducts(rows, tile, out.subarray(from * rows.count));
  }
}

const padded = (columns: number): number => Math.ceil(columns / TILE) * TILE;

/** Log-probabilities [count, classes] of each row. */
export function logProbabilities(rows: Rows, weights: Softmax, classes: number): Float64Array {
  const { count, dim } = rows;
  const logits = new Float64Array(padded(classes) * count);
  rowsTimes(rows, weights, classes, logits);
  const out = new Float64Array(count * classes);
  for (let row = 0; row < count; row++) {
    let most = -Infinity;
    for (let c = 0; c < classes; c++) {
      const logit = logits[c * count + row] + weights[dim * classes + c];
      out[row * classes + c] = logit;
      if (logit > most) most = logit;
    }
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(out[row * classes + c] - most);
    const log = most + Math.log(sum);
    for (let c = 0; c < classes; c++) out[row * classes + c] -= log;
  }
  return out;
}

/**
 * Multinomial logistic regression on standardised rows: mean cross-entropy + penalty / 2 |W|^2, with its gradient.
 *
 * Its Hessian is about p (1 - p) R + penalty I for each class, R the features' correlations and p = 1 / classes: a factor
 * of that matrix, once a penalty, makes up for correlated features (Boehning 1992 bounds the Hessian by the like).
 */
export class SoftmaxLoss implements Convex {
  private readonly columns: Rows;
  private readonly factor: Float64Array;
  private readonly scale: number;

  constructor(
    private readonly rows: Rows,
    private readonly labels: Int32Array,
    private readonly classes: number,
    private readonly penalty: number,
    correlation: Float64Array,
  ) {
    const { dim } = rows;
    this.columns = transposed(rows);
    this.scale = (1 - 1 / classes) / classes;
    const matrix = correlation.map((value) => value * this.scale);
    for (let i = 0; i < dim; i++) matrix[i * dim + i] += penalty;
    this.factor = cholesky(matrix, dim);
  }

  at(weights: Softmax, gradient: Float64Array): number {
    const { rows, labels, classes, penalty } = this;
    const { count, dim } = rows;
    const logs = logProbabilities(rows, weights, classes);
    const residual = new Float64Array(count * classes); // [count, classes]: (p - y) / count
    const biases = dim * classes;
    gradient.fill(0, biases);
    let loss = 0;
    for (let row = 0, at = 0; row < count; row++) {
      loss -= logs[row * classes + labels[row]] / count;
      for (let c = 0; c < classes; c++, at++) {
        residual[at] = (Math.exp(logs[at]) - (c === labels[row] ? 1 : 0)) / count;
        gradient[biases + c] += residual[at];
      }
    }
    const products = new Float64Array(padded(classes) * dim);
    rowsTimes(this.columns, residual, classes, products);
    for (let i = 0, at = 0; i < dim; i++)
      for (let c = 0; c < classes; c++, at++) {
        gradient[at] = products[c * dim + i] + penalty * weights[at];
        loss += (penalty / 2) * weights[at] ** 2;
      }
    return loss;
  }

  precondition = (vector: Float64Array): Float64Array => {
    const { dim } = this.rows;
    solveCholesky(this.factor, dim, vector.subarray(0, dim * this.classes), this.classes);
    for (let c = dim * this.classes; c < vector.length; c++) vector[c] /= this.scale;
    return vector;
  };
}
