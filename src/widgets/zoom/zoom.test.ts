import { expect, test } from 'vitest';
import { whole, within, zoomed } from './zoom';

const picture = { width: 400, height: 100 };
const place = { width: 200, height: 200 };

test('a picture fits its place, in the middle', () => {
  expect(whole(picture, place)).toEqual({ scale: 0.5, left: 0, top: 75 });
  expect(whole({ width: 20, height: 40 }, place)).toEqual({ scale: 5, left: 50, top: 0 });
});

test('a zoom leaves the place under the pointer where it is', () => {
  const view = { scale: 2, left: 30, top: -10 };
  const closer = zoomed(view, 3, { x: 90, y: 50 });
  const under = (x: number, of: typeof view): number => (x - of.left) / of.scale;
  expect(under(90, closer)).toBeCloseTo(under(90, view));
  expect(closer.scale).toBe(6);
});

test('no drag leaves a gap beside a picture that is larger than its place', () => {
  expect(within({ scale: 1, left: 50, top: 50 }, picture, place)).toEqual({ scale: 1, left: 0, top: 50 });
  expect(within({ scale: 1, left: -900, top: 0 }, picture, place)).toEqual({ scale: 1, left: -200, top: 50 });
});
