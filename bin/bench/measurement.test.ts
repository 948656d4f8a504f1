import { expect, test } from 'vitest';
import { interleaved, range, ratio } from './measurement';

test('cases take turns', async () => {
  const order: string[] = [];
  const cases = ['a', 'b'].map((name) => ({ name, sample: async () => order.push(name) }));
  expect(await interleaved('test', cases, 2)).toEqual([
    [1, 3],
    [2, 4],
  ]);
  expect(order.join('')).toBe('abab');
});

test('a ratio is taken round by round: a machine that slows down changes both and not it', () => {
  expect(ratio(range([10, 5, 1]), range([2, 1, 0.2]))).toBeCloseTo(5, 12);
});
