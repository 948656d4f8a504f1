import { describe, expect, it } from 'vitest';
import { Draws } from '../../core/random';
import type { MeanScores, Scores } from '../../core/scores';
import { interval, middle, resampledWeights } from './bootstrap';
import { difference, distinguishable } from './paired';
import { scored, scoreOf } from './scores';

const draws = new Draws({ seed: 11, purpose: 'sample' });
const rowsOf = (count: number) => Int32Array.from({ length: count }, (_, i) => i);
const mean = (values: ArrayLike<number>): MeanScores => ({
  kind: 'mean',
  rows: rowsOf(values.length),
  values: Float64Array.from(values),
});
const normals = (count: number, centre = 0) => Array.from({ length: count }, () => centre + draws.normal());

describe('scores', () => {
  const classes = Int32Array.of(0, 0, 0, 1);
  const rows = rowsOf(4);
  const all: Scores[] = [
    mean([1, 1, 0, 0]),
    { kind: 'class mean', rows, classes, values: Float64Array.of(1, 1, 0, 0) },
    { kind: 'explained', rows, targets: Float64Array.of(1, 2, 3, 6), predicted: Float64Array.of(1, 2, 4, 5) },
  ];

  it('are a mean, a mean of class means, and 1 - squared errors / variance', () => {
    expect(all.map(scoreOf)).toEqual([0.5, 1 / 3, 1 - 2 / 14]);
  });

  it('count a query twice as if it were there twice, and one that counts 0 as if it were not', () => {
    const weights = Float64Array.of(2, 1, 0, 3);
    const take = [0, 0, 1, 3, 3, 3];
    const [first, second, third] = all as [MeanScores, Scores & { kind: 'class mean' }, Scores & { kind: 'explained' }];
    const pick = (of: Float64Array) => Float64Array.from(take, (i) => of[i]);
    const repeated: Scores[] = [
      { ...first, rows: rowsOf(6), values: pick(first.values) },
      { ...second, rows: rowsOf(6), values: pick(second.values), classes: Int32Array.from(take, (i) => classes[i]) },
      { ...third, rows: rowsOf(6), targets: pick(third.targets), predicted: pick(third.predicted) },
    ];
    for (const [i, one] of all.entries()) expect(scored(one, weights)).toBeCloseTo(scoreOf(repeated[i]), 12);
  });

  it('of a class that is not drawn leave it out, of equal targets are not a number', () => {
    expect(scored(all[1], Float64Array.of(1, 1, 1, 0))).toBeCloseTo(2 / 3, 12);
    expect(scored(all[2], Float64Array.of(0, 0, 0, 1))).toBeNaN();
  });
});

describe('bootstrap intervals', () => {
  it('of a mean are 1.96 standard errors wide on each side', () => {
    const values = normals(400, 3);
    const average = values.reduce((a, b) => a + b) / 400;
    const error = Math.sqrt(values.reduce((sum, x) => sum + (x - average) ** 2, 0) / 400 / 400);
    const { low, high } = interval(mean(values));
    expect((average - low) / error).toBeGreaterThan(1.7);
    expect((average - low) / error).toBeLessThan(2.25);
    expect((high - average) / error).toBeGreaterThan(1.7);
    expect((high - average) / error).toBeLessThan(2.25);
  });

  it('are the same for a seed', () => {
    const scores = mean(normals(50));
    expect(interval(scores)).toEqual(interval(scores));
    expect(interval(scores)).not.toEqual(interval(scores, { seed: 1 }));
  });

  it('hold the truth in about 95 of 100 sets', () => {
    let held = 0;
    for (let set = 0; set < 300; set++) {
      const { low, high } = interval(mean(normals(60)), { resamples: 200, seed: set });
      if (low <= 0 && high >= 0) held++;
    }
    expect(held / 300).toBeGreaterThan(0.89); // 93 % for 60 queries, less three standard errors
    expect(held / 300).toBeLessThan(0.98);
  });

  it('are as wide for ten copies of each query in groups as for the queries themselves', () => {
    const values = normals(40);
    const copies = mean(values.flatMap((value) => Array<number>(10).fill(value)));
    const units = Int32Array.from({ length: 400 }, (_, i) => Math.floor(i / 10));
    const alone = interval(mean(values));
    const grouped = interval(copies, { units });
    expect(grouped.low).toBeCloseTo(alone.low, 12);
    expect(grouped.high).toBeCloseTo(alone.high, 12);
    const naive = interval(copies);
    expect(naive.high - naive.low).toBeLessThan((alone.high - alone.low) / 2.5); // sqrt(10) too narrow
  });

  it('draw as many as there are', () => {
    for (const weights of resampledWeights(rowsOf(30), { resamples: 20 }))
      expect(weights.reduce((a, b) => a + b)).toBe(30);
  });

  it("have numpy's quantiles", () => {
    // np.quantile([3, 1, 2, 10], [.025, .975])
    const { low, high } = middle([3, Number.NaN, 1, 2, 10]);
    expect([low, high]).toEqual([expect.closeTo(1.075, 12), expect.closeTo(9.475, 12)]);
  });
});

describe('paired differences', () => {
  // Queries differ by far more than the embeddings do.
  const hard = normals(200).map((value) => 5 * value);
  const better = mean(hard.map((value, i) => value + 0.3 + 0.1 * Math.sin(i)));

  it('see a small steady advantage that independent intervals do not', () => {
    const base = mean(hard);
    const { value, interval: range } = difference(better, base);
    expect(value).toBeCloseTo(0.3, 1);
    expect(range.low).toBeGreaterThan(0.25);
    expect(distinguishable(better, base)).toBe(true);
    expect(interval(better).low).toBeLessThan(interval(base).high);
  });

  it('are opposite the other way round, and nothing for the same', () => {
    const [there, back] = [difference(better, mean(hard)), difference(mean(hard), better)];
    expect(back.interval.low).toBeCloseTo(-there.interval.high, 12);
    expect(distinguishable(better, better)).toBe(false);
  });

  it('take the queries that both were asked, in whatever order', () => {
    const first: MeanScores = { kind: 'mean', rows: Int32Array.of(7, 3, 9), values: Float64Array.of(1, 0, 5) };
    const second: MeanScores = { kind: 'mean', rows: Int32Array.of(3, 4, 7), values: Float64Array.of(0.5, 9, 0.25) };
    expect(difference(first, second)).toMatchObject({ value: 0.125, queries: 2 });
  });

  it('of few queries, or of few groups, show nothing', () => {
    const [ones, zeros] = [1, 0].map((value) => mean(Array<number>(40).fill(value)));
    expect(distinguishable(ones, zeros)).toBe(true);
    expect(distinguishable(ones, zeros, { units: Int32Array.from({ length: 40 }, (_, i) => i % 5) })).toBe(false);
    expect(distinguishable(mean([1, 1, 1]), mean([0, 0, 0]))).toBe(false);
  });

  it('find a difference where there is none in about 5 of 100 sets', () => {
    let found = 0;
    for (let set = 0; set < 200; set++)
      if (distinguishable(mean(normals(60)), mean(normals(60)), { resamples: 200, seed: set })) found++;
    expect(found / 200).toBeLessThan(0.1);
  });
});
