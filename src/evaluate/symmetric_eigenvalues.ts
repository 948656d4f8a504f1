/**
 * Householder's reduction of a symmetric matrix [n, n], row-major, to tridiagonal form with the same eigenvalues.
 * Overwrites `a`: behind the diagonal of row k stands v of length 1, or 0, of the k-th reflection I - 2 vv'. Golub & Van Loan, Matrix Computations, algorithm 8.3.1, on the whole square so that all is read by row.
 */
function tridiagonal(a: Float64Array, n: number): { diagonal: Float64Array; beside: Float64Array } {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const v = new Float64Array(n);
  const w = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    diagonal[k] = a[k * n + k];
    let norm = 0;
    for (let i = k + 1; i < n; i++) norm += a[k * n + i] ** 2;
    norm = Math.sqrt(norm);
    if (k + 1 < n) beside[k] = norm;
    if (k + 2 >= n || norm === 0) {
      if (k + 2 === n) beside[k] = a[k * n + k + 1];
      a.fill(0, k * n + k + 1, (k + 1) * n);
      continue;
    }
    const first = a[k * n + k + 1];
    const length = Math.sqrt(2 * norm * (norm + Math.abs(first))); // of x + sign(x0) |x| e0
    for (let i = k + 1; i < n; i++) v[i] = a[k * n + i] / length;
    v[k + 1] = (first + (first < 0 ? -norm : norm)) / length;
    a.set(v.subarray(k + 1), k * n + k + 1);
    beside[k] = first < 0 ? norm : -norm;
    let inner = 0;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1, at = i * n + j; j < n; j++, at++) sum += a[at] * v[j];
      w[i] = 2 * sum;
      inner += w[i] * v[i];
    }
    for (let i = k + 1; i < n; i++) w[i] -= inner * v[i];
    for (let i = k + 1; i < n; i++) {
      const [vi, wi] = [v[i], w[i]];
      for (let j = k + 1, at = i * n + j; j < n; j++, at++) a[at] -= vi * w[j] + wi * v[j];
    }
  }
  return { diagonal, beside };
}

/**
 * Where the block that starts at `from` ends: at the first off-diagonal entry that no longer matters beside the largest
 * one of the matrix. Beside its own neighbours it may matter for ever: a matrix of low rank is mostly rounding.
 */
function blockEnd(beside: Float64Array, from: number, largest: number): number {
  let end = from;
  while (end < beside.length - 1 && Math.abs(beside[end]) > Number.EPSILON * largest) end++;
  return end;
}

/** Turns rows i and i + 1 of a matrix with n columns in their plane. */
function turnRows(matrix: Float64Array, n: number, i: number, cosine: number, sine: number): void {
  for (let at = i * n, next = at + n; at < (i + 1) * n; at++, next++) {
    const [upper, lower] = [matrix[at], matrix[next]];
    matrix[next] = sine * upper + cosine * lower;
    matrix[at] = cosine * upper - sine * lower;
  }
}

/** One implicit QL sweep over rows from .. end with Wilkinson's shift; `vectors` [n, n], where given, turns along. */
function sweep(
  diagonal: Float64Array,
  beside: Float64Array,
  from: number,
  end: number,
  vectors: Float64Array | null,
): void {
  const half = (diagonal[from + 1] - diagonal[from]) / (2 * beside[from]);
  const root = Math.hypot(half, 1);
  let g = diagonal[end] - diagonal[from] + beside[from] / (half + (half < 0 ? -root : root));
  let [sine, cosine, shift] = [1, 1, 0];
  for (let i = end - 1; i >= from; i--) {
    const f = sine * beside[i];
    const b = cosine * beside[i];
    const r = Math.hypot(f, g);
    beside[i + 1] = r;
    if (r === 0) {
      diagonal[i + 1] -= shift;
      beside[end] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = diagonal[i + 1] - shift;
    const turn = (diagonal[i] - g) * sine + 2 * cosine * b;
    shift = sine * turn;
    diagonal[i + 1] = g + shift;
    g = cosine * turn - b;
    if (vectors) turnRows(vectors, diagonal.length, i, cosine, sine);
  }
  diagonal[from] -= shift;
  beside[from] = g;
  beside[end] = 0;
}

/**
 * Eigenvalues of a symmetric matrix [n, n], row-major, in no order; O(n^3) once, then the implicit QL iteration (EISPACK's
 * imtql1). Overwrites `matrix` by the reflections that made it tridiagonal; `vectors` [n, n], where given as the unit
 * matrix, becomes the eigenvectors of the tridiagonal form, one a row. Throws when an entry is not finite.
 */
export function diagonalise(matrix: Float64Array, n: number, vectors: Float64Array | null): Float64Array {
  if (!matrix.every(Number.isFinite)) throw new Error('symmetricEigenvalues: an entry is not finite');
  const { diagonal, beside } = tridiagonal(matrix, n);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(diagonal[i]), Math.abs(beside[i]));
  for (let from = 0; from < n; from++) {
    for (let sweeps = 0; ; sweeps++) {
      const end = blockEnd(beside, from, largest);
      if (end === from) break;
      if (sweeps === 60) throw new Error('symmetricEigenvalues: no convergence');
      sweep(diagonal, beside, from, end, vectors);
    }
  }
  return diagonal;
}

/** Eigenvalues of a symmetric matrix [n, n], row-major, in falling order. Overwrites `matrix`. */
export const symmetricEigenvalues = (matrix: Float64Array, n: number): Float64Array =>
  diagonalise(matrix, n, null).sort().reverse();
