import { describe, expect, it } from 'vitest';
import { Draws } from '../core/random';
import { CosineIndex } from './nearest';
import { allRows } from './sample';

function random(count: number, dim: number, seed = 1): Float32Array {
  const draws = new Draws({ seed, purpose: 'sample' });
  return Float32Array.from({ length: count * dim }, () => draws.normal());
}

/** Every other row sorted by cosine, in the plainest way. */
function sorted(values: Float32Array, count: number, dim: number, row: number): number[] {
  const vector = (i: number) => values.subarray(i * dim, (i + 1) * dim);
  const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * b[i], 0);
  const length = (a: Float32Array) => Math.sqrt(dot(a, a));
  const cosine = (i: number) => dot(vector(row), vector(i)) / length(vector(row)) / length(vector(i));
  return [...Array(count).keys()].filter((i) => i !== row).sort((a, b) => cosine(b) - cosine(a));
}

describe('nearest rows', () => {
  it.each([
    [31, 7],
    [40, 16],
    [5, 1],
    [2, 3],
  ])('of %i rows of %i numbers are those of a full sort, one by one and in a table', (count, dim) => {
    const values = dim === 1 ? Float32Array.of(1, -2, 3, -4, 5) : random(count, dim);
    const index = new CosineIndex(values, count, dim);
    const k = Math.min(10, count - 1);
    const table = index.nearestOfRows(allRows(count), k);
    for (let row = 0; row < count; row++) {
      const found = index.nearest(row, k);
      if (dim > 1) expect(found.map(({ row: other }) => other)).toEqual(sorted(values, count, dim, row).slice(0, k));
      expect([...table.rows.subarray(row * k, (row + 1) * k)]).toEqual(found.map(({ row: other }) => other));
      for (const [i, { similarity }] of found.entries())
        expect(table.similarities[row * k + i]).toBeCloseTo(similarity, 12);
    }
  });

  it('are the same whether few rows ask or all', () => {
    const values = random(33, 6).map((value, i) => (i % 7 === 0 ? 0 : Math.round(value))); // with equals
    const index = new CosineIndex(values, 33, 6);
    const all = index.nearestOfRows(allRows(33), 9);
    for (const few of [Int32Array.of(3, 32, 0), Int32Array.of(17)]) {
      const table = index.nearestOfRows(few, 9);
      for (const [i, row] of few.entries()) {
        expect(table.rows.subarray(i * 9, i * 9 + 9)).toEqual(all.rows.subarray(row * 9, row * 9 + 9));
        expect(table.similarities.subarray(i * 9, i * 9 + 9)).toEqual(all.similarities.subarray(row * 9, row * 9 + 9));
      }
    }
    const odd = allRows(33).filter((row) => row % 2 === 0);
    expect(index.nearestOfRows(odd, 9).rows.subarray(9, 18)).toEqual(all.rows.subarray(18, 27));
  });

  it('do not depend on the lengths of the rows', () => {
    const values = random(20, 8);
    const scaled = values.map((value, i) => value * (1 + Math.floor(i / 8)));
    const rows = (of: Float32Array) => new CosineIndex(of, 20, 8).nearest(3, 19).map(({ row }) => row);
    expect(rows(scaled)).toEqual(rows(values));
  });

  it('of a row equal to another begin with it, at 1; of an opposite one end there, at -1', () => {
    const values = Float32Array.of(1, 2, 0, 1, 2, 4, -3, -6);
    const found = new CosineIndex(values, 4, 2).nearest(0, 3);
    expect(found.map(({ row }) => row)).toEqual([2, 1, 3]);
    expect(found[0].similarity).toBeCloseTo(1, 6);
    expect(found[2].similarity).toBeCloseTo(-1, 6);
  });

  it('never hold the query, nor more than there are; of equals the lower row comes first', () => {
    const index = new CosineIndex(new Float32Array(12).fill(1), 4, 3);
    expect(index.nearest(2, 100).map(({ row }) => row)).toEqual([0, 1, 3]);
    expect([...index.nearestOfRows(Int32Array.of(2), 5).rows]).toEqual([0, 1, 3, -1, -1]);
    expect(index.nearest(0, 0)).toEqual([]);
    expect(new CosineIndex(new Float32Array(3), 1, 3).nearest(0, 5)).toEqual([]);
  });

  it('leave out rows that are not numbers, and take rows of zeros for unlike everything', () => {
    const values = Float32Array.of(1, 0, Number.NaN, 0, 0, 0, 1, 1);
    const found = new CosineIndex(values, 4, 2).nearest(0, 3);
    expect(found.map(({ row }) => row)).toEqual([3, 2]);
    expect(found[1].similarity).toBe(0);
  });

  it('leave the caller his values, unless told to scale them where they are', () => {
    const values = Float32Array.of(3, 4);
    new CosineIndex(values, 1, 2);
    expect([...values]).toEqual([3, 4]);
    new CosineIndex(values, 1, 2, { inPlace: true });
    expect(values[0]).toBeCloseTo(0.6, 6);
  });

  it('of a vector that is no row exclude nothing', () => {
    const index = new CosineIndex(Float32Array.of(1, 0, 0, 1), 2, 2);
    expect(index.nearestTo(Float32Array.of(0, 9), 2)).toEqual([
      { row: 1, similarity: 1 },
      { row: 0, similarity: 0 },
    ]);
  });
});
