import { diagonalise } from './symmetric_eigenvalues';

export interface Eigen {
  /** [n], falling. */
  values: Float64Array;
  /** [n, n]: row i is the eigenvector of length 1 of values[i]; its entry of largest size is positive. */
  vectors: Float64Array;
}

/** Undoes the reflections that made a matrix tridiagonal, on each row of `vectors`, the last one first. */
function reflect(vectors: Float64Array, reflections: Float64Array, n: number): void {
  for (let k = n - 3; k >= 0; k--)
    for (let row = 0; row < n; row++) {
      let along = 0;
      for (let j = k + 1; j < n; j++) along += reflections[k * n + j] * vectors[row * n + j];
      for (let j = k + 1; j < n; j++) vectors[row * n + j] -= 2 * along * reflections[k * n + j];
    }
}

/** The sign of an eigenvector is free: its entry of largest size becomes positive, so that two ways to it agree. */
export function settleSign(vector: Float64Array): void {
  let largest = 0;
  for (const [i, value] of vector.entries()) if (Math.abs(value) > Math.abs(vector[largest]) + 1e-9) largest = i;
  if (vector[largest] < 0) for (let i = 0; i < vector.length; i++) vector[i] = -vector[i];
}

/** Eigenvalues and eigenvectors of a symmetric matrix [n, n], row-major. Overwrites `matrix`; about 5 n^3 products. */
export function symmetricEigenvectors(matrix: Float64Array, n: number): Eigen {
  const turned = new Float64Array(n * n);
  for (let i = 0; i < n; i++) turned[i * n + i] = 1;
  const found = diagonalise(matrix, n, turned);
  reflect(turned, matrix, n);
  const order = Array.from(found.keys()).sort((a, b) => found[b] - found[a]);
  const vectors = new Float64Array(n * n);
  for (const [i, from] of order.entries()) {
    const vector = turned.subarray(from * n, (from + 1) * n);
    settleSign(vector);
    vectors.set(vector, i * n);
  }
  return { values: Float64Array.from(order, (from) => found[from]), vectors };
}
