/**
 * Householder's reduction of a symmetric matrix [n, n], row-major, to tridiagonal form with the same eigenvalues.
 * Overwrites `a`. Golub & Van Loan, Matrix Computations, algorithm 8.3.1, on the whole square so that all is read by row.
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
      continue;
    }
    const first = a[k * n + k + 1];
    const length = Math.sqrt(2 * norm * (norm + Math.abs(first))); // of x + sign(x0) |x| e0
    for (let i = k + 1; i < n; i++) v[i] = a[k * n + i] / length;
    v[k + 1] = (first + (first < 0 ? -norm : norm)) / length;
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

/** Where the block that starts at `from` ends: at the first off-diagonal entry that no longer matters. */
function blockEnd(diagonal: Float64Array, beside: Float64Array, from: number): number {
  let end = from;
  for (; end < diagonal.length - 1; end++) {
    const scale = Math.abs(diagonal[end]) + Math.abs(diagonal[end + 1]);
    if (Math.abs(beside[end]) <= Number.EPSILON * scale) break;
  }
  return end;
}

/** One implicit QL sweep over rows from .. end with Wilkinson's shift. */
function sweep(diagonal: Float64Array, beside: Float64Array, from: number, end: number): void {
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
  }
  diagonal[from] -= shift;
  beside[from] = g;
  beside[end] = 0;
}

/**
 * Eigenvalues of a symmetric matrix [n, n], row-major, in falling order; O(n^3) once, then the implicit QL iteration
 * (EISPACK's imtql1). Overwrites `matrix`. Throws when an entry is not finite.
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  if (!matrix.every(Number.isFinite)) throw new Error('symmetricEigenvalues: an entry is not finite');
  const { diagonal, beside } = tridiagonal(matrix, n);
  for (let from = 0; from < n; from++) {
    for (let sweeps = 0; ; sweeps++) {
      const end = blockEnd(diagonal, beside, from);
      if (end === from) break;
      if (sweeps === 60) throw new Error('symmetricEigenvalues: no convergence');
      sweep(diagonal, beside, from, end);
    }
  }
  return diagonal.sort().reverse();
}
