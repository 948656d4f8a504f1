import { expect, test } from 'vitest';
import { Draws } from '../../core/random';
import { allPairs } from '../refine/all_pairs';
import { unitRows } from '../rows';
import { finish } from '../work';
import { farthestPoints } from './farthest_points';
import { kMeans } from './k_means';
import { mislabelled } from './mislabelled';
import { placeOthers } from './place_others';
import { umap } from './umap';
import { unusual } from './unusual';

/** Rows around three directions at right angles, 20 of each in turn, and one that is along none. */
const GROUPS = 3;
const COUNT = 61;
const draws = new Draws({ seed: 4, purpose: 'sample' });
const values = Float32Array.from({ length: COUNT * 8 }, (_, at) => {
  const [row, column] = [Math.floor(at / 8), at % 8];
  const centre = row === COUNT - 1 ? column === 7 : column === row % GROUPS;
  return Number(centre) + 0.1 * draws.normal();
});
const unit = unitRows({ values, count: COUNT, dim: 8 });
const table = allPairs(unit, 10);

test('neighbours are of the same group, and the odd one out is the most unusual', () => {
  expect([...table.rows.subarray(0, 10)].every((row) => row % GROUPS === 0)).toBe(true);
  const odd = unusual(table, 5);
  expect(odd.indexOf(Math.max(...odd))).toBe(COUNT - 1);
});

test('a row whose neighbours all have another label is found, with theirs; no others are', () => {
  const classes = Int32Array.from({ length: COUNT }, (_, row) => (row === COUNT - 1 ? -1 : row % GROUPS));
  expect(mislabelled(table, classes)).toEqual([]);
  classes[5] = 0; // it is of group 2
  expect(mislabelled(table, classes)).toEqual([{ row: 5, label: 2, share: 1 }]);
});

test('a diverse sample has one of each group and the odd one before a second of any', () => {
  const sample = farthestPoints(unit, 4);
  expect(new Set(sample.map((row) => (row === COUNT - 1 ? 'odd' : row % GROUPS))).size).toBe(4);
  expect(farthestPoints(unit, 100).sort((a, b) => a - b)).toEqual(Array.from({ length: COUNT }, (_, row) => row));
});

test('on the map neighbours of a group stay together, wherever they began; it is the same each time', () => {
  const start = (): Float32Array => {
    const anywhere = new Draws({ seed: 5, purpose: 'sample' });
    return Float32Array.from({ length: 2 * COUNT }, () => 10 * anywhere.uniform());
  };
  const map = finish(umap(table, start()));
  expect(finish(umap(table, start()))).toEqual(map);
  const distance = (a: number, b: number): number =>
    Math.hypot(map[2 * a] - map[2 * b], map[2 * a + 1] - map[2 * b + 1]);
  for (let row = 0; row < COUNT - 1; row++) {
    const others = Array.from({ length: COUNT - 1 }, (_, other) => other).filter((other) => other !== row);
    const nearest = others.reduce((best, other) => (distance(row, other) < distance(row, best) ? other : best));
    expect(nearest % GROUPS).toBe(row % GROUPS);
  }
});

test('rows that the map was not made of lie among those of their own group', () => {
  const numbers = Int32Array.from({ length: 30 }, (_, at) => 2 * at);
  const map = Float32Array.from({ length: 60 }, (_, at) => ((2 * Math.floor(at / 2)) % GROUPS) * 10 + 0.01 * at);
  const all = finish(placeOthers(unit, numbers, map));
  for (const [at, row] of numbers.entries())
    expect([...all.subarray(2 * row, 2 * row + 2)]).toEqual([...map.subarray(2 * at, 2 * at + 2)]);
  for (let row = 0; row < COUNT - 1; row++) expect(Math.abs(all[2 * row] - 10 * (row % GROUPS))).toBeLessThan(1);
});

test('clusters are the groups, each begun by what is nearest to its mean, the largest first; the same each time', () => {
  const clusters = finish(kMeans(unit, GROUPS + 1));
  expect(clusters.map((rows) => rows.length)).toEqual([20, 20, 20, 1]);
  for (const rows of clusters) expect(new Set(rows.map((row) => (row === COUNT - 1 ? -1 : row % GROUPS))).size).toBe(1);
  expect(finish(kMeans(unit, GROUPS + 1))).toEqual(clusters);
  const [rows] = clusters;
  const mean = new Float64Array(8);
  for (const row of rows) for (let i = 0; i < 8; i++) mean[i] += unit.values[row * 8 + i];
  const along = rows.map((row) => mean.reduce((sum, one, i) => sum + one * unit.values[row * 8 + i], 0));
  expect(along).toEqual([...along].sort((a, b) => b - a));
});

test('rows that are all the same are one cluster', () => {
  const same = { values: new Float32Array(12).fill(0.5), count: 3, dim: 4 };
  expect(finish(kMeans(same, 2))).toEqual([[0, 1, 2]]);
});
