import { describe, expect, it } from 'vitest';
import { Draws } from '../../core/random';
import { gram } from '../gram';
import { CosineIndex } from '../nearest';
import { type Rows, unitRows } from '../rows';
import { allRows } from '../sample';
import { finish } from '../work';
import { allPairs } from './all_pairs';
import { mutualNeighbours } from './mutual_neighbours';
import { ReciprocalIndex } from './reciprocal';

function groups(count: number, dim: number, seed = 4): Rows {
  const draws = new Draws({ seed, purpose: 'sample' });
  const values = Float32Array.from(
    { length: count * dim },
    (_, at) => draws.normal() + (Math.floor(at / dim) % 6 === at % dim ? 2 : 0),
  );
  return unitRows({ values, count, dim });
}

/** The reference's formulas on whole matrices, in double precision: scores [count, count], higher is nearer. */
function plain(unit: Rows, k1: number, k2: number, keep: number): number[][] {
  const n = unit.count;
  const products = gram(unit);
  const numbers = [...allRows(n)];
  const raw = numbers.map((i) => numbers.map((j) => (i === j ? 0 : 2 - 2 * products[i * n + j])));
  const d = raw.map((row) => row.map((value) => value / Math.max(...row)));
  const rank = d.map((row) => [...numbers].sort((a, b) => row[a] - row[b]));
  const mutual = (i: number, k: number) => rank[i].slice(0, k + 1).filter((j) => rank[j].slice(0, k + 1).includes(i));
  const v = numbers.map((i) => {
    const near = mutual(i, k1);
    const wide = new Set(near);
    for (const one of near) {
      const its = mutual(one, Math.round(k1 / 2));
      if (its.filter((j) => near.includes(j)).length > (2 / 3) * its.length) for (const j of its) wide.add(j);
    }
    const weights = numbers.map((j) => (wide.has(j) ? Math.exp(-d[i][j]) : 0));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  });
  const mean = numbers.map((i) => numbers.map((j) => rank[i].slice(0, k2).reduce((s, one) => s + v[one][j], 0) / k2));
  return numbers.map((i) =>
    numbers.map((j) => {
      const m = mean[i].reduce((sum, value, c) => sum + Math.min(value, mean[j][c]), 0);
      return -((1 - m / (2 - m)) * (1 - keep) + d[i][j] * keep);
    }),
  );
}

describe('re-ranking by reciprocal neighbours', () => {
  it.each([
    [80, 10, 20, 6, 0.3],
    [60, 7, 8, 3, 0.1],
    [50, 9, 10, 1, 0.5],
  ])('of %i rows of %i numbers is that of the plain formulas; k1 %i, k2 %i, keep %f', (count, dim, k1, k2, keep) => {
    const rows = groups(count, dim);
    const right = plain(rows, k1, k2, keep);
    const index = new ReciprocalIndex(rows, { k1, k2, keep });
    for (let row = 0; row < count; row++) {
      const expected = [...allRows(count)].filter((one) => one !== row).sort((a, b) => right[row][b] - right[row][a]);
      const found = index.nearest(row, count).map((one) => one.row);
      expect(found.length).toBe(count - 1);
      // By score: what differs by rounding may change places.
      for (const [place, one] of found.entries())
        expect(Math.abs(right[row][one] - right[row][expected[place]])).toBeLessThan(1e-6);
    }
  });

  it('tells the cosine of the rows it was given', () => {
    const rows = groups(40, 8);
    const cosines = gram(rows);
    for (const { row, similarity } of new ReciprocalIndex(rows).nearest(7, 5))
      expect(similarity).toBeCloseTo(cosines[7 * 40 + row], 6);
  });

  it('follows its rows in any order', () => {
    const rows = groups(60, 8);
    const turned = rows.values.map((_, at) => rows.values[(59 - Math.floor(at / 8)) * 8 + (at % 8)]);
    const [a, b] = [rows.values, turned].map((values) => new ReciprocalIndex({ values, count: 60, dim: 8 }));
    for (const row of [0, 13, 59])
      expect(b.nearest(59 - row, 8).map((one) => 59 - one.row)).toEqual(a.nearest(row, 8).map((one) => one.row));
  });

  it('finds all of a tight group before anything else', () => {
    // Two groups of ten, each about an axis.
    const draws = new Draws({ seed: 2, purpose: 'sample' });
    const values = Float32Array.from({ length: 60 }, (_, at) =>
      at % 3 === Math.floor(at / 30) ? 3 + draws.uniform(-0.1, 0.1) : draws.uniform(-1, 1),
    );
    const index = new ReciprocalIndex(unitRows({ values, count: 20, dim: 3 }), { k1: 9, k2: 4 });
    for (let row = 0; row < 20; row++)
      expect(index.nearest(row, 9).every((one) => one.row < 10 === row < 10)).toBe(true);
  });

  it('stands small sets and equal rows', () => {
    expect(new ReciprocalIndex(groups(1, 4)).nearest(0, 5)).toEqual([]);
    expect(new ReciprocalIndex(groups(3, 4)).nearest(0, 5).length).toBe(2);
    const equal = unitRows({ values: new Float32Array(40).fill(1), count: 10, dim: 4 });
    expect(new ReciprocalIndex(equal).nearest(4, 3).length).toBe(3);
  });
});

describe('the nearest of all rows', () => {
  it('are those of the index with their cosines, and the lowest cosine of each', () => {
    const rows = groups(53, 6);
    rows.values.copyWithin(40 * 6, 0, 10 * 6); // ten rows twice
    const pairs = allPairs(rows, 7);
    const table = new CosineIndex(rows.values, 53, 6, { inPlace: true }).nearestOfRows(allRows(53), 7);
    expect(pairs.rows).toEqual(table.rows);
    for (const [at, cosine] of table.similarities.entries()) expect(pairs.similarities[at]).toBeCloseTo(cosine, 6);
    const cosines = gram(rows);
    for (let row = 0; row < 53; row++)
      expect(pairs.lowest[row]).toBeCloseTo(Math.min(...cosines.subarray(row * 53, (row + 1) * 53)), 6);
  });
});

describe('mutual neighbours', () => {
  it('have each other, and all who do are there', () => {
    const rows = groups(48, 8);
    const mutual = finish(mutualNeighbours(rows, 6));
    const { rows: near } = new CosineIndex(rows.values, 48, 8).nearestOfRows(allRows(48), 6);
    const has = (a: number, b: number) => near.subarray(a * 6, (a + 1) * 6).includes(b);
    for (const a of allRows(48))
      for (const b of allRows(48)) expect(mutual[a].includes(b)).toBe(has(a, b) && has(b, a));
  });

  it('on a line are the next ones on both sides', () => {
    const values = Float32Array.from({ length: 16 }, (_, at) => (at % 2 ? Math.sin : Math.cos)((at >> 1) / 10));
    const mutual = finish(mutualNeighbours({ values, count: 8, dim: 2 }, 2)).map((found) => [...found].sort());
    expect(mutual.slice(2, 6)).toEqual([
      [1, 3],
      [2, 4],
      [3, 5],
      [4, 6],
    ]);
  });
});
