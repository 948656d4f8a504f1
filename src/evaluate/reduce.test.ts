import { expect, test } from 'vitest';
import { Draws } from '../core/random';
import { fitPca } from './pca';
import { doublings, qualityCurve } from './quality_curve';
import { fitReduction } from './reduce';
import type { Rows } from './rows';
import { finish } from './work';

/** Rows in a plane of 5 dimensions: the first axis three times as wide as the second, all numbers above 0. */
function plane(count = 60): Rows {
  const draws = new Draws({ seed: 5, purpose: 'sample' });
  const values = new Float32Array(count * 5).fill(20);
  for (let row = 0; row < count; row++) {
    values[row * 5] += 3 * draws.normal();
    values[row * 5 + 3] += draws.normal();
  }
  return { values, count, dim: 5 };
}

const rows = plane();

test('without a reduction the numbers stay', () => {
  const { dim, apply } = finish(fitReduction(rows, { kind: 'none' }));
  expect(dim).toBe(5);
  expect(apply(rows.values)).toBe(rows.values);
});

test('as many components are taken as explain 95 %, and whitened ones all vary alike', () => {
  // The second axis has a tenth of the variance: one component is not enough.
  const { dim, apply } = finish(fitReduction(rows, { kind: 'pca', dims: null, whiten: true }));
  expect(dim).toBe(2);
  const reduced = apply(rows.values);
  for (const column of [0, 1]) {
    const squares = reduced.filter((_, at) => at % 2 === column).reduce((sum, value) => sum + value * value, 0);
    expect(squares / rows.count).toBeCloseTo(1, 4);
  }
});

test('parts are never negative, and fit other rows of the same kind', () => {
  const { dim, apply } = finish(fitReduction(rows, { kind: 'nmf', parts: 2 }));
  expect(dim).toBe(2);
  const some = apply(rows.values.subarray(0, 25));
  expect(some.length).toBe(10);
  expect(Math.min(...some)).toBeGreaterThanOrEqual(0);
});

test('more dimensions than there are, and parts of what is negative, are refused in a sentence', () => {
  expect(() => finish(fitReduction(rows, { kind: 'pca', dims: 9, whiten: false }))).toThrow('2 principal components');
  expect(() => finish(fitReduction(rows, { kind: 'nmf', parts: 6 }))).toThrow('5 dimensions');
  const below = { ...rows, values: rows.values.map((value) => value - 20) };
  expect(() => finish(fitReduction(below, { kind: 'nmf', parts: 2 }))).toThrow('never negative');
});

test('quality is measured at 1, 2, 4 ... and all components, and equal views find each other at all of them', async () => {
  expect(doublings(1)).toEqual([1]);
  expect(doublings(12)).toEqual([1, 2, 4, 8, 12]);
  const judged = { ...rows, viewA: rows.values, viewB: rows.values };
  const work = qualityCurve(judged, fitPca(rows), false);
  let piece = await work.next();
  while (!piece.done) piece = await work.next();
  const curve = piece.value;
  expect(curve.map(({ dims }) => dims)).toEqual([1, 2]);
  // By the direction alone one dimension tells two sides apart; two tell all pictures apart.
  expect(curve[0].measures).toEqual([{ name: 'two-view R@1', value: expect.any(Number) }]);
  expect(curve[0].measures[0].value).toBeLessThan(0.1);
  expect(curve[1].measures[0].value).toBe(1);
});
