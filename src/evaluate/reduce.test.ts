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

test('quality is measured at 2, 4, 8 ... and all components, and equal views find each other at all of them', async () => {
  expect(doublings(1)).toEqual([1]);
  expect(doublings(12)).toEqual([2, 4, 8, 12]);
  const values = Float32Array.from({ length: 40 * 5 }, (_, i) => Math.sin(1 + 7 * i * i));
  const wide = { values, count: 40, dim: 5 };
  const other = values.map((value, i) => (i % 5 === 0 ? value : -value));
  const work = qualityCurve({ ...wide, viewA: values, viewB: other }, fitPca(wide), false);
  let piece = await work.next();
  while (!piece.done) piece = await work.next();
  const different = piece.value;
  expect(different.map(({ dims }) => dims)).toEqual([2, 4, 5]);
  expect(different.at(-1)?.measures[0].value).toBeLessThan(0.5);
  const same = qualityCurve({ ...wide, viewA: values, viewB: values }, fitPca(wide), false);
  piece = await same.next();
  while (!piece.done) piece = await same.next();
  expect(piece.value.map(({ measures }) => measures)).toEqual(
    Array.from({ length: 3 }, () => [{ name: 'two-view R@1', value: 1 }]),
  );
});
