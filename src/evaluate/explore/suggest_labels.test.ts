import { expect, test } from 'vitest';
import { Draws } from '../../core/random';
import { unitRows } from '../rows';
import { suggestLabels } from './suggest_labels';

const at = (angle: number): number[] => [Math.cos(angle), Math.sin(angle)];
const rows = (...angles: number[]) => ({
  values: Float32Array.from(angles.flatMap(at)),
  count: angles.length,
  dim: 2,
});

test('of one example a class the confidence is its share of three votes: both examples’, and one for none as near as they are', () => {
  // The examples are at right angles, nearer than which no row of another kind comes.
  const found = suggestLabels(rows(0, Math.PI / 2, 0.3, 1.4), Int32Array.of(0, 1, -1, -1));
  expect([...found.rows]).toEqual([3, 2]);
  expect([...found.classes]).toEqual([1, 0]);
  const vote = (cosine: number) => Math.exp(cosine / 0.1);
  const confidence = (near: number, far: number) => vote(near) / (vote(near) + vote(far) + vote(0));
  expect(found.confidences[0]).toBeCloseTo(confidence(Math.sin(1.4), Math.cos(1.4)), 5);
  expect(found.confidences[1]).toBeCloseTo(confidence(Math.cos(0.3), Math.sin(0.3)), 5);
});

test('ten neighbours vote, a hidden row is not asked, and rows that have a class keep it', () => {
  // Eleven examples in one place share the vote by ten; the far one of another class has none left.
  const angles = [...Array(11).fill(0), 3, 0.1, 0.2];
  const classes = Int32Array.from(angles, (_, row) => (row < 11 ? 0 : row === 11 ? 1 : -1));
  const found = suggestLabels(rows(...angles), classes, new Set([13]));
  expect([...found.rows]).toEqual([12]);
  expect(found.confidences[0]).toBeCloseTo(1, 5);
});

test('a picture that is like no example is offered no label with confidence', () => {
  // Twenty kinds at right angles, ten pictures of each around its own direction; of three kinds some have labels.
  const [kinds, each, dim] = [20, 10, 20];
  const draws = new Draws({ seed: 1, purpose: 'sample' });
  const values = Float32Array.from({ length: kinds * each * dim }, (_, at) => {
    const [row, column] = [Math.floor(at / dim), at % dim];
    return Number(column === Math.floor(row / each)) + 0.15 * draws.normal();
  });
  const unit = unitRows({ values, count: kinds * each, dim });
  const kindOf = (row: number) => Math.floor(row / each);
  const classes = Int32Array.from({ length: unit.count }, (_, row) =>
    kindOf(row) < 3 && row % each < 4 ? kindOf(row) : -1,
  );
  const found = suggestLabels(unit, classes);
  const offered = [...found.rows.entries()].filter(([i]) => found.confidences[i] > 0.7);
  const known = offered.filter(([, row]) => kindOf(row) < 3);
  expect(known.every(([i, row]) => found.classes[i] === kindOf(row))).toBe(true);
  expect(known).toHaveLength(3 * 6);
  // Without the vote for none 82 of the 170 others would be.
  expect(offered.length - known.length).toBeLessThan(17);
});

test('without an example nothing is suggested with any confidence', () => {
  const found = suggestLabels(rows(0, 1), Int32Array.of(-1, -1));
  expect([...found.classes]).toEqual([-1, -1]);
});
