import { expect, test } from 'vitest';
import { suggestLabels } from './suggest_labels';

const at = (angle: number): number[] => [Math.cos(angle), Math.sin(angle)];
const rows = (...angles: number[]) => ({
  values: Float32Array.from(angles.flatMap(at)),
  count: angles.length,
  dim: 2,
});

test('of one example a class the confidence is the logistic function of the difference of cosines over T', () => {
  const found = suggestLabels(rows(0, Math.PI / 2, 0.3, 1.4), Int32Array.of(0, 1, -1, -1));
  expect([...found.rows]).toEqual([3, 2]);
  expect([...found.classes]).toEqual([1, 0]);
  const confidence = (angle: number) => 1 / (1 + Math.exp(-Math.abs(Math.cos(angle) - Math.sin(angle)) / 0.1));
  expect(found.confidences[0]).toBeCloseTo(confidence(1.4), 5);
  expect(found.confidences[1]).toBeCloseTo(confidence(0.3), 5);
});

test('ten neighbours vote, a hidden row is not asked, and rows that have a class keep it', () => {
  // Eleven examples in one place share the vote by ten; the far one of another class has none left.
  const angles = [...Array(11).fill(0), 3, 0.1, 0.2];
  const classes = Int32Array.from(angles, (_, row) => (row < 11 ? 0 : row === 11 ? 1 : -1));
  const found = suggestLabels(rows(...angles), classes, new Set([13]));
  expect([...found.rows]).toEqual([12]);
  expect(found.confidences[0]).toBe(1);
});

test('without an example nothing is suggested with any confidence', () => {
  const found = suggestLabels(rows(0, 1), Int32Array.of(-1, -1));
  expect([...found.classes]).toEqual([-1, -1]);
});
