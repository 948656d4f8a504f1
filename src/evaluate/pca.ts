import type { Pca } from '../core/pca';
import { gram, transposed } from './gram';
import { scaleOf } from './linear/standardise';
import { pickRows, type Rows } from './rows';
import { allRows, sampleRows } from './sample';
import { settleSign, symmetricEigenvectors } from './symmetric_eigenvectors';

/** Side of the largest matrix whose eigenvectors are sought; the work grows with its cube. */
const LARGEST = 1024;

/**
 * Principal components of embeddings [count, dim] (Pearson 1901): eigenvectors of the covariance [dim, dim], or, where
 * there are fewer rows than columns, got from those of the products of rows [count, count], u -> X'u. Where both are
 * above 1,024, of a sample of so many rows. At most `most` components, fewer where the rows span fewer directions.
 */
export function fitPca(rows: Rows, most = rows.dim, seed = 0): Pca {
  const { dim } = rows;
  const taken = dim > LARGEST ? pickRows(rows, sampleRows(allRows(rows.count), LARGEST, seed)) : rows;
  const { mean } = scaleOf(taken);
  const centred = { ...taken, values: taken.values.map((value, at) => value - mean[at % dim]) };
  const byRows = taken.count < dim;
  const side = byRows ? taken.count : dim;
  const { values, vectors } = symmetricEigenvectors(gram(byRows ? centred : transposed(centred)), side);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  // Float32 rows: what is smaller is rounding.
  const rank = values.filter((value) => value > 1e-12 * Math.max(values[0], Number.MIN_VALUE)).length;
  const k = Math.max(1, Math.min(most, rank));
  const components = byRows ? fromRows(centred, vectors, k) : vectors.slice(0, k * dim);
  const kept = values.subarray(0, k).map((value) => Math.max(0, value));
  return {
    mean,
    components,
    deviations: kept.map((value) => Math.sqrt(value / taken.count)),
    explained: kept.map((value) => (total > 0 ? value / total : 0)),
  };
}

/** X'u of each eigenvector u of XX', scaled to length 1: [k, dim]. */
function fromRows({ values, count, dim }: Rows, vectors: Float64Array, k: number): Float64Array {
  const components = new Float64Array(k * dim);
  for (let i = 0; i < k; i++) {
    const component = components.subarray(i * dim, (i + 1) * dim);
    for (let row = 0, at = 0; row < count; row++) {
      const weight = vectors[i * count + row];
      for (let j = 0; j < dim; j++, at++) component[j] += weight * values[at];
    }
    const length = Math.max(Math.sqrt(component.reduce((sum, value) => sum + value * value, 0)), Number.MIN_VALUE);
    for (let j = 0; j < dim; j++) component[j] /= length;
    settleSign(component);
  }
  return components;
}
