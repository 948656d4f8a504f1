import { describe, expect, it } from 'vitest';
import { Draws } from '../../core/random';
import { finish } from '../work';
import { biasReport } from './bias';
import { etaSquared, pearson, ranks, spearman } from './correlation';
import { interpretDimensions } from './dimensions';
import { pictureProperties } from './picture_properties';

const draws = new Draws({ seed: 14, purpose: 'sample' });

describe('correlations', () => {
  const a = Float64Array.of(3, 1, 4, 1, 5, 9, 2, 6);
  const b = Float64Array.of(2, 7, 1, 8, 2, 8, 1, 8);

  it("are numpy's, with ties", () => {
    // np.corrcoef(a, b), the same of mean ranks, and sum(n_k (mean_k - mean)^2) / sum((a - mean)^2)
    expect(pearson(a, b)).toBeCloseTo(0.20965531907301216, 12);
    expect(spearman(a, b)).toBeCloseTo(0.19885368120992464, 12);
    expect(etaSquared(a, Int32Array.of(0, 1, 0, 1, 2, 2, 0, 1))).toBeCloseTo(0.4956658786446021, 12);
    expect([...ranks(Float64Array.of(5, 1, 5, 0))]).toEqual([2.5, 1, 2.5, 0]);
  });

  it('by rank are 1 for any rising relation, by value for a line only', () => {
    const rising = a.map((value) => Math.exp(value));
    expect(spearman(a, rising)).toBeCloseTo(1, 12);
    expect(pearson(a, rising)).toBeLessThan(0.9);
    expect(
      pearson(
        a,
        a.map((value) => 5 - 2 * value),
      ),
    ).toBeCloseTo(-1, 12);
  });

  it('with what does not vary are 0; of classes that say all, 1', () => {
    const same = new Float64Array(8).fill(2);
    expect([pearson(a, same), spearman(same, b), etaSquared(same, Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1))]).toEqual([
      0, 0, 0,
    ]);
    expect(etaSquared(Float64Array.of(1, 2, 1, 2), Int32Array.of(0, 1, 0, 1))).toBe(1);
  });
});

describe('interpreting dimensions', () => {
  const [count, dim] = [30, 3];
  const prices = Array.from({ length: count }, (_, i) => (i % 5 === 0 ? null : (i * 7) % 30));
  const kinds = Array.from({ length: count }, (_, i) => (i % 4 === 3 ? null : i % 2 ? 'odd' : 'even'));
  // Dimension 0 is the row, 1 the price where there is one and absurd elsewhere, 2 the kind.
  const values = Float32Array.from({ length: count * dim }, (_, at) => {
    const row = Math.floor(at / dim);
    return [row, prices[row] ?? (row % 2 ? 1e6 : -1e6), kinds[row] === null ? 50 * row : row % 2][at % dim];
  });
  const interpreted = finish(
    interpretDimensions(
      { values, count, dim },
      [
        { kind: 'number', name: 'price', values: prices },
        { kind: 'class', name: 'kind', values: kinds },
      ],
      4,
    ),
  );

  it('shows the pictures at both ends', () => {
    expect(interpreted.map(({ dimension }) => dimension)).toEqual([0, 1, 2]);
    expect([...interpreted[0].highest]).toEqual([29, 28, 27, 26]);
    expect([...interpreted[0].lowest]).toEqual([0, 1, 2, 3]);
  });

  it('relates each to labels where there are labels', () => {
    const [price, kind] = interpreted[1].relations;
    expect(price).toMatchObject({ kind: 'number', column: 'price' });
    expect(price.kind === 'number' && [price.pearson, price.spearman]).toEqual([
      expect.closeTo(1, 10),
      expect.closeTo(1, 10),
    ]);
    expect(kind.kind === 'class' && kind.etaSquared).toBeLessThan(0.5);
    expect(interpreted[2].relations[1]).toEqual({ kind: 'class', column: 'kind', etaSquared: 1 });
  });

  it('shows what there is where there are few pictures', () => {
    const [only] = finish(interpretDimensions({ values: Float32Array.of(2, 1), count: 2, dim: 1 }, []));
    expect([[...only.highest], [...only.lowest]]).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });
});

describe('properties of pictures', () => {
  it("are numpy's", () => {
    // p = (np.arange(75) * 37 % 256).reshape(5, 5, 3); g = p @ [.299, .587, .114]; L: the four neighbours less four times
    // the middle; g.mean(), ((p.max(2) - p.min(2)) / p.max(2)).mean(), np.log1p(L.var())
    const { brightness, saturation, sharpness } = pictureProperties(
      Uint8Array.from({ length: 75 }, (_, i) => (i * 37) % 256),
      1,
      5,
    );
    expect(brightness[0]).toBeCloseTo(121.61996, 8);
    expect(saturation[0]).toBeCloseTo(0.6388938630438836, 10);
    expect(sharpness[0]).toBeCloseTo(11.025873517950284, 8);
  });

  it('of grey, of pure red, of a ramp, and of each picture by itself', () => {
    const side = 6;
    const area = side * side;
    const pixels = new Uint8Array(3 * area * 3);
    for (let i = 0; i < area; i++) {
      pixels.fill(100, i * 3, i * 3 + 3);
      pixels[(area + i) * 3] = 255;
      pixels.fill(10 * (i % side), (2 * area + i) * 3, (2 * area + i) * 3 + 3);
    }
    const { brightness, saturation, sharpness } = pictureProperties(pixels, 3, side);
    for (const [i, value] of [100, 0.299 * 255, 25].entries()) expect(brightness[i]).toBeCloseTo(value, 8);
    for (const [i, value] of [0, 1, 0].entries()) expect(saturation[i]).toBeCloseTo(value, 8);
    for (const value of sharpness) expect(value).toBeCloseTo(0, 8); // a ramp has no curvature
  });
});

describe('the bias report', () => {
  const [count, dim] = [150, 4];
  const light = Float64Array.from({ length: count }, () => draws.normal());
  const size = Float64Array.from({ length: count }, () => draws.normal());
  const values = Float32Array.from({ length: count * dim }, (_, at) =>
    at % dim === 2 ? -3 * light[Math.floor(at / dim)] + 0.3 * draws.normal() : draws.normal(),
  );
  const { biases, protocol } = finish(
    biasReport({ values, count, dim }, [
      { name: 'brightness', values: light },
      { name: 'file size', values: size },
      { name: 'width', values: new Float64Array(count).fill(640) },
    ]),
  );

  it('names what is followed, by which dimension, and what is not', () => {
    const [brightness, fileSize, width] = biases;
    expect(brightness.explained).toBeGreaterThan(0.97);
    expect(brightness.dimension).toBe(2);
    expect(brightness.correlation).toBeLessThan(-0.95);
    expect(brightness.text).toMatch(/^The embedding follows brightness: 9\d % of the differences/);
    expect(fileSize.explained).toBeLessThan(0.1);
    expect(fileSize.text).toBe(
      'The embedding hardly follows file size: 0 % of the differences in file size can be read from it.',
    );
    expect(width).toMatchObject({ explained: Number.NaN, text: 'All pictures have the same width.' });
    expect(protocol).toContain('150 pictures; 5 folds, seed 0');
  });
});
