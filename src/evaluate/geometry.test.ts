import { describe, expect, it } from 'vitest';
import { Draws } from '../core/random';
import { featureStd } from './collapse';
import { rankMe } from './rankme';
import type { Rows } from './rows';
import { uniformity } from './uniformity';

function sphere(count: number, dim: number): Rows {
  const draws = new Draws({ seed: 5, purpose: 'sample' });
  return { values: Float32Array.from({ length: count * dim }, () => draws.normal()), count, dim };
}

/** n axes of length `length`. */
const axes = (n: number, length = 1): Rows => ({
  values: Float32Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? length : 0)),
  count: n,
  dim: n,
});

const same = (count: number, dim: number): Rows => ({
  values: Float32Array.from({ length: count * dim }, (_, i) => 1 + (i % dim)),
  count,
  dim,
});

describe('feature std', () => {
  it('is 0 when all rows are one', () => {
    expect(featureStd(same(10, 7)).value).toBeCloseTo(0, 6);
  });

  it('is 1 for directions that are alike in all columns', () => {
    expect(featureStd(sphere(4000, 32)).value).toBeCloseTo(1, 2);
    expect(featureStd({ values: Float32Array.of(2, 0, -2, 0, 0, 3, 0, -3), count: 4, dim: 2 }).value).toBeCloseTo(1, 6);
  });

  it('of n axes is the square root of 1 - 1 / n', () => {
    expect(featureStd(axes(9, 4)).value).toBeCloseTo(Math.sqrt(1 - 1 / 9), 6);
  });
});

describe('uniformity', () => {
  it('is 0 when all rows are one, -4 at right angles, -8 for two opposites', () => {
    expect(uniformity(same(6, 3)).value).toBeCloseTo(0, 5);
    expect(uniformity(axes(8, 2)).value).toBeCloseTo(-4, 10);
    expect(uniformity({ values: Float32Array.of(1, -2), count: 2, dim: 1 }).value).toBeCloseTo(-8, 10);
  });

  it('is -3.94 for directions drawn evenly in 128 columns', () => {
    expect(uniformity(sphere(1000, 128)).value).toBeCloseTo(-3.94, 2);
  });

  it('of a sample comes near that of all, and says so', () => {
    const rows = sphere(600, 16);
    const sampled = uniformity(rows, 200);
    expect(Math.abs(sampled.value - uniformity(rows).value)).toBeLessThan(0.03);
    expect(sampled.protocol).toContain('sampled 200 of 600 pictures');
  });
});

describe('RankMe', () => {
  it('is the number of directions that carry equal weight', () => {
    expect(rankMe(axes(12, 3)).value).toBeCloseTo(12, 2);
    expect(rankMe(same(30, 9)).value).toBeCloseTo(1, 3);
    const plane = sphere(200, 2).values;
    const turned = Float32Array.from({ length: 200 * 6 }, (_, i) => plane[2 * Math.floor(i / 6) + (i % 2)]);
    expect(rankMe({ values: turned, count: 200, dim: 6 }).value).toBeLessThanOrEqual(2.001);
  });

  it('is the same by way of fewer rows than columns as by way of more', () => {
    const wide = sphere(20, 50);
    const values = Float32Array.from({ length: 1000 }, (_, i) => wide.values[(i % 20) * 50 + Math.floor(i / 20)]);
    expect(rankMe({ values, count: 50, dim: 20 }).value).toBeCloseTo(rankMe(wide).value, 6);
  });

  it('of rows of zeros is a number', () => {
    expect(Number.isFinite(rankMe({ values: new Float32Array(12), count: 4, dim: 3 }).value)).toBe(true);
  });
});
