import { Draws } from '../../core/random';
import { type Eigen, symmetricEigenvectors } from '../symmetric_eigenvectors';

/** Up to this side all eigenvectors cost less than the iteration. */
const SMALL = 200;
/** Directions carried along beyond those wanted: what is wanted converges by the ratio to the first one left out. */
const MORE = 32;
const ITERATIONS = 24;

/** Rows of `block` [k, n] times a symmetric matrix [n, n], into out [k, n]: four rows share each reading of the matrix. */
function multiplied(matrix: Float64Array, n: number, block: Float64Array, k: number, out: Float64Array): void {
  for (let from = 0; from < k; from += 4) {
    const [a, b, c, d] = [0, 1, 2, 3].map((i) => Math.min(from + i, k - 1) * n); // the last row stands in for missing ones
    for (let column = 0, at = 0; column < n; column++) {
      let [sumA, sumB, sumC, sumD] = [0, 0, 0, 0];
      for (let j = 0; j < n; j++, at++) {
        const value = matrix[at];
        sumA += value * block[a + j];
        sumB += value * block[b + j];
        sumC += value * block[c + j];
        sumD += value * block[d + j];
      }
      out[a + column] = sumA;
      out[b + column] = sumB;
      out[c + column] = sumC;
      out[d + column] = sumD;
    }
  }
}

const inner = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
};

/** Makes rows [k, n] orthonormal (Gram-Schmidt, twice); a row that the others span becomes 0. */
function orthonormalise(block: Float64Array, n: number, k: number): void {
  for (let i = 0; i < k; i++) {
    const row = block.subarray(i * n, (i + 1) * n);
    const before = Math.sqrt(inner(row, row));
    for (let pass = 0; pass < 2; pass++)
      for (let other = 0; other < i; other++) {
        const done = block.subarray(other * n, (other + 1) * n);
        const along = inner(row, done);
        for (let j = 0; j < n; j++) row[j] -= along * done[j];
      }
    const length = Math.sqrt(inner(row, row));
    const scale = length > 1e-12 * before ? 1 / length : 0;
    for (let j = 0; j < n; j++) row[j] *= scale;
  }
}

/**
 * The k largest eigenvalues of a symmetric positive semidefinite matrix [n, n], falling, and their eigenvectors [k, n]. Where n is
 * large by subspace iteration from seeded directions (Halko, Martinsson & Tropp 2011, arXiv:0909.4061): 24 n^2 (k + 32)
 * products instead of 5 n^3. Overwrites `matrix` where n is small.
 */
export function leadingEigenvectors(matrix: Float64Array, n: number, k: number): Eigen {
  const wanted = Math.min(k, n);
  const width = wanted + MORE;
  if (n <= SMALL || 2 * width >= n) {
    const { values, vectors } = symmetricEigenvectors(matrix, n);
    return { values: values.slice(0, wanted), vectors: vectors.slice(0, wanted * n) };
  }
  const draws = new Draws({ seed: 0, purpose: 'sample', image: n });
  const block = Float64Array.from({ length: width * n }, () => draws.uniform(-1, 1));
  const turned = new Float64Array(width * n);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    orthonormalise(block, n, width);
    multiplied(matrix, n, block, width, turned);
    block.set(turned);
  }
  orthonormalise(block, n, width);
  multiplied(matrix, n, block, width, turned);
  // Rayleigh-Ritz: the eigenvectors of the matrix within the subspace.
  const small = new Float64Array(width * width);
  for (let i = 0; i < width; i++)
    for (let j = 0; j <= i; j++) {
      const value = inner(block.subarray(i * n, (i + 1) * n), turned.subarray(j * n, (j + 1) * n));
      small[i * width + j] = value;
      small[j * width + i] = value;
    }
  const { values, vectors } = symmetricEigenvectors(small, width);
  const found = new Float64Array(wanted * n);
  for (let i = 0; i < wanted; i++)
    for (let along = 0; along < width; along++) {
      const weight = vectors[i * width + along];
      for (let j = 0; j < n; j++) found[i * n + j] += weight * block[along * n + j];
    }
  return { values: values.slice(0, wanted), vectors: found };
}
