import { expect, test } from 'vitest';
import { Draws } from '../../core/random';
import { aligned } from './aligned';

const draws = new Draws({ seed: 1, purpose: 'sample' });
const points = Float32Array.from({ length: 40 }, () => draws.normal());
const changed = (
  change: (x: number, y: number) => [number, number],
  of: Float32Array = points,
): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: of.length }, (_, at) => change(of[at & ~1], of[at | 1])[at % 2]);
const apart = (a: Float32Array, b: Float32Array): number => Math.max(...b.map((value, at) => Math.abs(value - a[at])));

test('a map that is turned, moved or mirrored comes back to where it was', () => {
  const [cos, sin] = [Math.cos(2), Math.sin(2)];
  const turned = changed((x, y) => [3 + cos * x - sin * y, sin * x + cos * y - 7]);
  expect(apart(aligned(turned, points), points)).toBeLessThan(1e-5);
  const mirrored = changed((x, y) => [-x, y], turned);
  expect(apart(aligned(mirrored, points), points)).toBeLessThan(1e-5);
});

test('rows that the other map has not yet are carried along', () => {
  const turned = changed((x, y) => [-y, x]);
  expect(apart(aligned(turned, points.slice(0, 20)), points)).toBeLessThan(1e-5);
  expect(aligned(points, new Float32Array(0))).toBe(points);
});
