import { expect, test } from 'vitest';
import { inPieces } from './pieces';

const own = (size: number): number => size;

test('items keep their order, and a run is ended before it is too large', () => {
  expect(inPieces([3, 3, 4, 1, 9, 2], own, 10)).toEqual([[3, 3, 4], [1, 9], [2]]);
});

test('what fits together stays together, what is too large stands alone, and nothing makes no run', () => {
  expect(inPieces([5, 5], own, 10)).toEqual([[5, 5]]);
  expect(inPieces([1, 11, 1], own, 10)).toEqual([[1], [11], [1]]);
  expect(inPieces([], own, 10)).toEqual([]);
});
