import { expect, test } from 'vitest';
import { keptCount, keptRows, withAside, withoutAside } from './set_aside';

test('rows are set aside once, restored, and leave no value to tests', () => {
  const setAside = withAside(withAside([], [3, 1], true), [1, 4], true);
  expect(setAside).toEqual([1, 3, 4]);
  expect([...keptRows({ count: 6, setAside })]).toEqual([0, 2, 5]);
  expect(keptCount({ count: 6, setAside })).toBe(3);
  expect(withoutAside(['a', 'b', 'c', 'd'], setAside)).toEqual(['a', null, 'c', null]);
  expect(withAside(setAside, [3, 0], false)).toEqual([1, 4]);
});
