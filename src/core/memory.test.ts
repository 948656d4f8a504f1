import { expect, test } from 'vitest';
import { largerPeak, memoryWords } from './memory';

test('of a run in two parts the larger peak counts, also where the first was not recorded', () => {
  const [small, large] = [
    { bytes: 5, how: 'planned' },
    { bytes: 7, how: 'sampled' },
  ] as const;
  expect([largerPeak(small, large), largerPeak(large, small), largerPeak(undefined, small)]).toEqual([
    large,
    large,
    small,
  ]);
});

test('bytes are said in thousands, with two digits where they are few', () => {
  expect([340_000, 8_440_000, 126_400_000, 1_240_000_000].map(memoryWords)).toEqual([
    '340 kB',
    '8.4 MB',
    '126 MB',
    '1.2 GB',
  ]);
});
