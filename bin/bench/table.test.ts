import { expect, test } from 'vitest';
import { compared, disagreeing, rateOnly } from './result';
import { kernelTable, taskTable } from './table';

const result = (peer: string, samples: number[]) =>
  rateOnly({ row: 'step', title: 'small', peer, unit: 'images/s', batch: 1 }, samples);

test('a line a peer, no empty columns, ratios beside the rates, and why one is missing', () => {
  const results = compared([result('ours', [210.4, 0.1234, 50]), result('theirs', [105.2, 0.0617, 25])], ['theirs']);
  const leftOut = [{ row: 'step', title: 'small', peer: 'slow', reason: 'a run took 90 s' }];
  expect(taskTable(results, leftOut).split('\n')).toEqual([
    'step: small',
    'peer    rate  range          unit      x theirs',
    'ours    50.0  0.123 to 210   images/s  2.00',
    'theirs  25.0  0.0617 to 105  images/s',
    'slow: left out, a run took 90 s',
  ]);
});

test('kernels are listed from the slowest, with their share of the time and what they reach', () => {
  const kernels = Array.from({ length: 14 }, (_, i) => ({
    label: `k${i}`,
    launches: 2,
    milliseconds: i < 13 ? 1 : 7,
    flops: i < 13 ? 0 : 21e9,
    bytes: 2e6,
  }));
  const lines = kernelTable({ ...result('ours', [1]), kernels, peak: 4e12 }).split('\n');
  expect(lines[0]).toBe('ours, 20.0 ms a run; the measured peak is 4,000 GFLOP/s:');
  expect(lines[1]).toMatch(/k13 +2 x +7.00 ms +35% +3,000 GFLOP\/s +75% of the peak$/);
  expect(lines[2]).toMatch(/k0 +2 x +1.00 ms +5% +2.00 GB\/s$/);
  expect(lines.at(-1)).toMatch(/2 others +4 x +2.00 ms +10% +2.00 GB\/s$/);
  const some = kernelTable({ ...result('ours', [1]), kernels: [{ ...kernels[0], alone: 0.25 }] });
  expect(some).toMatch('ours, 1.00 ms a run, 25.0% of it on one thread while others wait:');
});

test('whoever comes to another loss did other work', () => {
  const with_ = (peer: string, loss: number) => ({ ...result(peer, [1]), checks: [5, loss] as const });
  expect(disagreeing([with_('a', 6), with_('b', 6.001), with_('c', 6.1), with_('d', Number.NaN)])).toEqual([
    'c came to 5,6.1, a to 5,6',
    'd came to 5,NaN, a to 5,6',
  ]);
});
