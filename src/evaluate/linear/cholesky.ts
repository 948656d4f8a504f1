/**
 * Cholesky factor L of a symmetric positive definite matrix [n, n], row-major, with LL' = matrix; only the lower half is
 * read, and overwritten by L. Golub & Van Loan, Matrix Computations, 4.2.5, by rows. Throws when the matrix is not
 * positive definite.
 */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      let [a, b] = [0, 0];
      let k = 0;
      for (; k + 1 < j; k += 2) {
        a += matrix[row + k] * matrix[other + k];
        b += matrix[row + k + 1] * matrix[other + k + 1];
      }
      if (k < j) a += matrix[row + k] * matrix[other + k];
      const rest = matrix[row + j] - (a + b);
      if (i > j) matrix[row + j] = rest / matrix[other + j];
      else if (rest > 0) matrix[row + i] = Math.sqrt(rest);
      else throw new Error('cholesky: the matrix is not positive definite');
    }
  }
  return matrix;
}

/** Solves LL' x = b for each of the columns of b [n, columns], in place. */
export function solveCholesky(factor: Float64Array, n: number, b: Float64Array, columns = 1): Float64Array {
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) subtract(b, i * columns, factor[i * n + k], k * columns, columns);
    divide(b, i * columns, factor[i * n + i], columns);
  }
  for (let i = n - 1; i >= 0; i--) {
    divide(b, i * columns, factor[i * n + i], columns);
    for (let k = 0; k < i; k++) subtract(b, k * columns, factor[i * n + k], i * columns, columns);
  }
  return b;
}

function subtract(b: Float64Array, to: number, times: number, from: number, columns: number): void {
  for (let c = 0; c < columns; c++) b[to + c] -= times * b[from + c];
}

function divide(b: Float64Array, at: number, by: number, columns: number): void {
  for (let c = at; c < at + columns; c++) b[c] /= by;
}
