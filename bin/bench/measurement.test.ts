import { expect, test } from 'vitest';
import { interleaved, median, summary, table } from './measurement';

test('median of odd and even counts', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

test('cases take turns and the first round is not counted', async () => {
  const order: string[] = [];
  const cases = ['a', 'b'].map((name) => ({
    name,
    unit: 'ms',
    sample: async () => order.push(name),
  }));
  const [first, second] = await interleaved('row', cases, 2);
  expect(order.join('')).toBe('ababab');
  expect([first.samples, second.samples]).toEqual([
    [3, 5],
    [4, 6],
  ]);
});

test('a table has a line a case', () => {
  const line = summary({ row: 'step', case: 'wasm, batch 8', unit: 'images/s', samples: [210.4, 0.1234, 50] });
  expect(table([line]).split('\n').at(-1)).toBe('step  wasm, batch 8  50.0    0.123 to 210  images/s');
});
