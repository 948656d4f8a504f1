import { describe, expect, it } from 'vitest';
import { Draws } from '../../core/random';
import { finish } from '../work';
import { cholesky, solveCholesky } from './cholesky';
import { minimise } from './lbfgs';

const draws = new Draws({ seed: 4, purpose: 'sample' });
/** B B' + I of a random B. */
function positive(n: number): Float64Array {
  const b = Float64Array.from({ length: n * n }, () => draws.normal());
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = i === j ? 1 : 0;
    for (let k = 0; k < n; k++) sum += b[i * n + k] * b[j * n + k];
    return sum;
  });
}

const times = (a: Float64Array, n: number, x: Float64Array, columns: number): Float64Array =>
  Float64Array.from({ length: n * columns }, (_, at) => {
    const [i, c] = [Math.floor(at / columns), at % columns];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[i * n + k] * x[k * columns + c];
    return sum;
  });

describe('Cholesky', () => {
  it.each([1, 2, 7, 20])('solves %i equations for several right sides', (n) => {
    const a = positive(n);
    const x = Float64Array.from({ length: n * 3 }, () => draws.normal());
    const found = solveCholesky(cholesky(a.slice(), n), n, times(a, n, x, 3), 3);
    for (const [i, value] of x.entries()) expect(found[i]).toBeCloseTo(value, 8);
  });

  it('of the matrix min(i, j) is a triangle of ones', () => {
    const n = 6;
    const factor = cholesky(
      Float64Array.from({ length: n * n }, (_, at) => 1 + Math.min(Math.floor(at / n), at % n)),
      n,
    );
    for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) expect(factor[i * n + j]).toBeCloseTo(1, 12);
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow('not positive definite');
    expect(() => cholesky(Float64Array.of(Number.NaN), 1)).toThrow('not positive definite');
  });
});

describe('L-BFGS', () => {
  it('ends where a quadratic has its minimum, with or without a guess of its curvature', () => {
    const n = 12;
    const a = positive(n);
    const b = Float64Array.from({ length: n }, () => draws.normal());
    const expected = solveCholesky(cholesky(a.slice(), n), n, b.slice());
    const quadratic = (precondition: (v: Float64Array) => Float64Array) => ({
      at: (x: Float64Array, gradient: Float64Array) => {
        const ax = times(a, n, x, 1);
        for (let i = 0; i < n; i++) gradient[i] = ax[i] - b[i];
        return x.reduce((sum, value, i) => sum + value * (ax[i] / 2 - b[i]), 0);
      },
      precondition,
    });
    const factor = cholesky(a.slice(), n);
    for (const guess of [(v: Float64Array) => v, (v: Float64Array) => solveCholesky(factor, n, v)]) {
      const found = finish(minimise(quadratic(guess), new Float64Array(n), 1e-16));
      for (let i = 0; i < n; i++) expect(found[i]).toBeCloseTo(expected[i], 6);
    }
  });
});
