import { expect, it } from 'vitest';
import { confusionCells, mistakes } from './confusion';

it('each picture lies in the cell of its class and of what it was taken for, and mistakes come by their number', () => {
  const cells = confusionCells({
    names: ['a', 'b'],
    rows: Int32Array.of(3, 5, 8, 9),
    truth: Int32Array.of(0, 0, 1, 1),
    predicted: Int32Array.of(0, 1, 0, 0),
  });
  expect(cells.map(({ rows }) => rows)).toEqual([[3], [5], [8, 9], []]);
  expect(mistakes(cells).map(({ truth, predicted }) => [truth, predicted])).toEqual([
    [1, 0],
    [0, 1],
  ]);
});
