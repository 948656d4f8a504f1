import { expect, test } from 'vitest';
import { squareAround } from './partOf';

test('a region is searched by the smallest square around it that the picture holds', () => {
  const wide = { left: 0.5, top: 0, width: 0.2, height: 0.1 };
  // 40 x 10 pixels of 200 x 100, at its upper edge: the square moves down.
  expect(squareAround(wide, 200, 100)).toEqual({ left: 100, top: 0, width: 40, height: 40 });
  const middle = { left: 0.25, top: 0.25, width: 0.5, height: 0.5 };
  expect(squareAround(middle, 100, 100)).toEqual({ left: 25, top: 25, width: 50, height: 50 });
  // All of a strip is wider than the picture is high.
  expect(squareAround({ left: 0, top: 0, width: 1, height: 1 }, 300, 100)).toMatchObject({ width: 300, height: 100 });
  expect(squareAround({ left: 0.999, top: 0.999, width: 0.001, height: 0.001 }, 100, 100)).toMatchObject({
    left: 99,
    top: 99,
  });
});
