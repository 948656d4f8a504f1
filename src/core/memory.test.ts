import { expect, test } from 'vitest';
import { largerPeak } from './memory';

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
