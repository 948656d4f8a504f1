import { expect, test } from 'vitest';
import { fitted, rowAt, rowsWithin, zoomed } from './viewport';

const points = Float32Array.of(0, 0, 10, 0, 10, 10, 0, 10);

test('all points fit, around the middle; a zoom leaves the place under the pointer where it is', () => {
  const view = fitted(points, 200, 180);
  expect(view).toEqual({ scale: 10, left: 50, top: 40 });
  const closer = zoomed(view, 2, { x: 150, y: 140 });
  expect(10 * closer.scale + closer.left).toBe(150);
  expect(10 * closer.scale + closer.top).toBe(140);
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
