import { describe, expect, it } from 'vitest';
import { pcaCoordinates } from '../../core/pca';
import { Draws } from '../../core/random';
import { CosineIndex } from '../nearest';
import { fitPca } from '../pca';
import { type FeatureMap, firing, pooled, whySimilar, without } from './why_similar';

const draws = new Draws({ seed: 15, purpose: 'sample' });
const features = (height: number, width: number, dim: number): FeatureMap => ({
  values: Float32Array.from({ length: height * width * dim }, () => Math.max(0, draws.normal())),
  height,
  width,
  dim,
});
const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

describe('why two pictures are similar', () => {
  const [first, second] = [features(4, 5, 32), features(3, 3, 32)];
  const why = whySimilar(first, second);

  it('is told by heat maps that sum to the score that search shows', () => {
    const both = Float32Array.from([...pooled(first), ...pooled(second)]);
    const score = new CosineIndex(both, 2, 32).nearest(0, 1)[0].similarity;
    expect(why.similarity).toBeCloseTo(score, 6);
    expect(Math.abs(sum(why.first) - why.similarity)).toBeLessThan(1e-6);
    expect(Math.abs(sum(why.second) - why.similarity)).toBeLessThan(1e-6);
    expect([why.first.length, why.second.length]).toEqual([20, 9]);
  });

  it('less what all share is the cosine of the embeddings less it', () => {
    const mean = pooled(features(2, 2, 32));
    const [a, b] = [first, second].map((map) => pooled(map).map((value, j) => value - mean[j]));
    const dot = (x: Float64Array, y: Float64Array): number => x.reduce((total, value, j) => total + value * y[j], 0);
    const centred = whySimilar(without(first, mean), without(second, mean));
    expect(centred.similarity).toBeCloseTo(dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)), 5);
    expect(sum(centred.second)).toBeCloseTo(centred.similarity, 5);
  });

  it('is the same the other way round', () => {
    const back = whySimilar(second, first);
    expect(back.first).toEqual(why.second);
    expect(back.second).toEqual(why.first);
  });

  it('lies where the thing is that both show', () => {
    const [one, other] = [8, 8].map(() => ({ values: new Float32Array(9 * 4), height: 3, width: 3, dim: 4 }));
    one.values[0 * 4 + 1] = 5; // the same feature top left here and bottom right there
    other.values[8 * 4 + 1] = 2;
    other.values[4 * 4 + 3] = 2; // and one that only the second shows
    const { first: here, second: there, similarity } = whySimilar(one, other);
    expect(similarity).toBeCloseTo(Math.SQRT1_2, 12);
    expect([here.indexOf(Math.max(...here)), there.indexOf(Math.max(...there))]).toEqual([0, 8]);
    expect(there[4]).toBe(0);
  });

  it('holds after principal components, which are linear', () => {
    const rows = { values: features(1, 40, 32).values, count: 40, dim: 32 };
    const pca = fitPca(rows);
    const [a, b] = [first, second].map((map) => ({ ...map, values: pcaCoordinates(pca, map.values, 6), dim: 6 }));
    const reduced = whySimilar(a, b);
    const [x, y] = [first, second].map((map) => pcaCoordinates(pca, Float32Array.from(pooled(map)), 6));
    const dot = (p: Float32Array, q: Float32Array) => p.reduce((total, value, i) => total + value * q[i], 0);
    expect(reduced.similarity).toBeCloseTo(dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y)), 5);
    expect(Math.abs(sum(reduced.first) - reduced.similarity)).toBeLessThan(1e-6);
  });

  it('of a picture that shows nothing is nothing', () => {
    const nothing = { ...second, values: new Float32Array(second.values.length) };
    expect(whySimilar(first, nothing)).toEqual({
      similarity: 0,
      first: new Float64Array(20),
      second: new Float64Array(9),
    });
  });

  it('of one dimension is where it fires, and sums to its value', () => {
    const direction = Array.from({ length: 32 }, (_, j) => (j === 9 ? 1 : 0));
    expect(sum(firing(first, direction))).toBeCloseTo(pooled(first)[9], 10);
  });
});
