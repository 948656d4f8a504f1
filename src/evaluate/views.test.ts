import { describe, expect, it } from 'vitest';
import { Draws } from '../core/random';
import { alignment } from './alignment';
import { partnerRecall } from './partner';
import { twoViewRecall } from './two_view';

const rows = (count: number, dim: number, seed: number) => {
  const draws = new Draws({ seed, purpose: 'sample' });
  return { values: Float32Array.from({ length: count * dim }, () => draws.normal()), count, dim };
};

describe('two-view R@1', () => {
  it('is 1 for equal views, whatever their lengths', () => {
    const first = rows(50, 8, 1);
    const second = { ...first, values: first.values.map((value) => value * 3) };
    expect(twoViewRecall(first, second).value).toBe(1);
    expect(alignment(first, second).value).toBeCloseTo(0, 10);
  });

  it('is at chance for views that have nothing in common, and for collapsed ones', () => {
    const collapsed = { values: new Float32Array(400).fill(1), count: 50, dim: 8 };
    expect(twoViewRecall(collapsed, collapsed).value).toBe(1 / 50);
    expect(twoViewRecall(rows(1000, 8, 1), rows(1000, 8, 2)).value).toBeLessThan(0.01);
  });

  it('asks a fixed sample when told to, and says so', () => {
    const [first, second] = [rows(100, 8, 1), rows(100, 8, 2)];
    const once = twoViewRecall(first, second, 30);
    expect(once).toEqual(twoViewRecall(first, second, 30));
    expect(once.queries).toBe(30);
    expect(once.protocol).toContain('all 100 second views');
    expect(once.protocol).toContain('sampled 30 of 100 queries');
  });
});

describe('alignment', () => {
  it('is 2 at right angles and 4 for opposites', () => {
    const one = { values: Float32Array.of(1, 0, 0, 5), count: 2, dim: 2 };
    const turned = { values: Float32Array.of(0, 1, 7, 0), count: 2, dim: 2 };
    const opposite = { values: Float32Array.of(-3, 0, 0, -1), count: 2, dim: 2 };
    expect(alignment(one, turned).value).toBeCloseTo(2, 6);
    expect(alignment(one, opposite).value).toBeCloseTo(4, 6);
  });
});

describe('partner R@1', () => {
  it('is asked both ways, which differ', () => {
    // Second partners 1 and 3; both first partners are nearest to 1, and 3 is nearest to its own.
    const values = Float32Array.of(1, 0, 1, 0.1, 1, 0.3, 0, 1);
    const found = partnerRecall({ values, count: 4, dim: 2 }, [
      [0, 1],
      [2, 3],
    ]);
    expect(found.map(({ value }) => value)).toEqual([0.5, 1]);
    expect(found.map(({ protocol }) => protocol.slice(0, 20))).toEqual([
      'From first to second',
      'From second to first',
    ]);
  });

  it('counts any partner of a picture that has several, and never the picture itself', () => {
    // Ten things, each three times; the first is paired with both others, or with one both ways.
    const [first, noise] = [rows(10, 8, 1), rows(30, 8, 2)];
    const values = noise.values.map((value, at) => first.values[8 * Math.floor(at / 24) + (at % 8)] + 0.01 * value);
    const of = (...links: [number, number][]) =>
      Array.from({ length: 10 }, (_, i) => links.map(([a, b]) => [3 * i + a, 3 * i + b] as const)).flat();
    for (const pairs of [of([0, 1], [0, 2]), of([0, 1], [1, 0])]) {
      const found = partnerRecall({ values, count: 30, dim: 8 }, pairs);
      expect(found.map(({ value }) => value)).toEqual([1, 1]);
    }
  });
});
