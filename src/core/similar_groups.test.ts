import { expect, test } from 'vitest';
import { similarGroups } from './similar_groups';

const pairs = {
  first: Int32Array.of(4, 2, 0, 6),
  second: Int32Array.of(5, 3, 2, 4),
  similarities: Float32Array.of(0.99, 0.95, 0.9, 0.5),
};

test('pairs hold together what they share, and a higher threshold takes groups apart', () => {
  expect(similarGroups(pairs, 1)).toEqual([]);
  expect(similarGroups(pairs, 0.94)).toEqual([
    [2, 3],
    [4, 5],
  ]);
  expect(similarGroups(pairs, 0.85)).toEqual([
    [0, 2, 3],
    [4, 5],
  ]);
  expect(similarGroups(pairs, 0)).toEqual([
    [0, 2, 3],
    [4, 5, 6],
  ]);
});
