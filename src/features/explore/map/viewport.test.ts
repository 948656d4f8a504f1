import { expect, test } from 'vitest';
import { fitted, rowAt, rowsWithin } from './viewport';

const points = Float32Array.of(0, 0, 10, 0, 10, 10, 0, 10);

test('all points fit, around the middle', () => {
  expect(fitted(points, 200, 180)).toEqual({ scale: 10, left: 50, top: 40 });
});

test('the nearest point within reach is found, and those within a line around them', () => {
  const view = fitted(points, 200, 180);
  expect(rowAt(points, view, { x: 148, y: 41 }, 12)).toBe(1);
  expect(rowAt(points, view, { x: 100, y: 90 }, 12)).toBe(-1);
  const line = [
    { x: 0, y: 0 },
    { x: 60, y: 0 },
    { x: 60, y: 180 },
    { x: 0, y: 180 },
  ];
  expect(rowsWithin(points, view, line)).toEqual([0, 3]);
});
