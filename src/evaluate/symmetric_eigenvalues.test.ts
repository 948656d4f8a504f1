import { describe, expect, it } from 'vitest';
import { Draws } from '../core/random';
import { symmetricEigenvalues } from './symmetric_eigenvalues';

const matrix = (n: number, entry: (i: number, j: number) => number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n));

const expectValues = (found: Float64Array, expected: number[], digits = 10): void => {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, digits);
};

describe('eigenvalues of a symmetric matrix', () => {
  it('are the entries of a diagonal, sorted', () => {
    expectValues(
      symmetricEigenvalues(
        matrix(5, (i, j) => (i === j ? [3, -1, 7, 0, 3][i] : 0)),
        5,
      ),
      [7, 3, 3, 0, -1],
    );
  });

  it.each([0, 1, 2, 3])('of a matrix of side %i are found', (n) => {
    const expected = Array.from({ length: n }, (_, i) => (i === 0 ? n : 0));
    expectValues(
      symmetricEigenvalues(
        matrix(n, () => 1),
        n,
      ),
      expected,
    );
  });

  it('of the second difference are 2 - 2 cos(k pi / (n + 1))', () => {
    const n = 40;
    const found = symmetricEigenvalues(
      matrix(n, (i, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)),
      n,
    );
    expectValues(
      found,
      Array.from({ length: n }, (_, i) => 2 - 2 * Math.cos(((n - i) * Math.PI) / (n + 1))),
    );
  });

  it('are those that a random basis was given', () => {
    const n = 30;
    const draws = new Draws({ seed: 3, purpose: 'sample' });
    const given = Array.from({ length: n }, (_, i) => (i < 5 ? 0 : 1.3 ** i)).reverse();
    let turned = matrix(n, (i, j) => (i === j ? given[i] : 0));
    for (let turn = 0; turn < 10; turn++) {
      // A Householder reflection on both sides keeps the eigenvalues.
      const v = Array.from({ length: n }, () => draws.normal());
      const squares = v.reduce((sum, x) => sum + x * x, 0);
      const h = matrix(n, (i, j) => (i === j ? 1 : 0) - (2 * v[i] * v[j]) / squares);
      const times = (a: Float64Array, b: Float64Array) =>
        matrix(n, (i, j) => v.reduce((sum, _, k) => sum + a[i * n + k] * b[k * n + j], 0));
      turned = times(times(h, turned), h);
    }
    expectValues(symmetricEigenvalues(turned, n), given, 7);
  });

  it('of large matrices of low rank are found, though they are mostly rounding', () => {
    const [n, rank] = [120, 5];
    const product = (side: number, a: (k: number) => number, b: (k: number) => number) => {
      let sum = 0;
      for (let k = 0; k < side; k++) sum += a(k) * b(k);
      return sum;
    };
    for (let seed = 0; seed < 8; seed++) {
      const draws = new Draws({ seed, purpose: 'sample' });
      const factor = Float64Array.from({ length: n * rank }, () => Math.fround(draws.normal()));
      for (let k = 0; k < rank; k++) {
        const mean = product(
          n,
          (i) => factor[i * rank + k],
          () => 1 / n,
        );
        for (let i = 0; i < n; i++) factor[i * rank + k] = Math.fround(factor[i * rank + k] - mean);
      }
      const at = (row: number) => (k: number) => factor[row * rank + k];
      const column = (k: number) => (row: number) => factor[row * rank + k];
      const large = matrix(n, (i, j) => product(rank, at(i), at(j)));
      const small = matrix(rank, (i, j) => product(n, column(i), column(j)));
      const expected = [...symmetricEigenvalues(small, rank), ...Array<number>(n - rank).fill(0)];
      expectValues(symmetricEigenvalues(large, n), expected, 9);
    }
  });

  it('are not sought in a matrix that is not finite', () => {
    expect(() => symmetricEigenvalues(Float64Array.of(Number.NaN), 1)).toThrow('not finite');
  });
});
