import { expect, it } from 'vitest';
import { bytes, count, decimals, duration, milliseconds, percent, significant, unbroken } from './amounts';

it('amounts are written as people read them', () => {
  expect([0, 999, 1234, 1e6].map(count)).toEqual(['0', '999', '1,234', '1,000,000']);
  expect([0, 59.4, 60, 125, 11 * 60 + 5, 3 * 3600 + 20 * 60, Number.NaN].map(duration)).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '2 min 5 s',
    '11 min',
    '3 h 20 min',
    '–',
  ]);
  expect([0, 0.5, 1, Number.NaN].map(percent)).toEqual(['0.0 %', '50.0 %', '100.0 %', '–']);
  expect([0, 0.0123456, 12345, 3e-8, Number.NaN].map((value) => significant(value))).toEqual([
    '0',
    '0.0123',
    '12,300',
    '3.0e-8',
    '–',
  ]);
});

it('a number keeps its per cent sign, other words part as before', () => {
  expect(unbroken(`kNN ${percent(0.5)} against 4 % or 5`)).toBe('kNN 50.0\u00a0% against 4\u00a0% or 5');
  expect(unbroken('100 % of % signs')).toBe('100\u00a0% of % signs');
});

it('bytes are said in thousands, with two digits where they are few; times of kernels to what a clock sees', () => {
  expect([340_000, 8_440_000, 126_400_000, 1_240_000_000].map(bytes)).toEqual(['340 kB', '8.4 MB', '126 MB', '1.2 GB']);
  expect([0, 0.001, 0.123, 12.34].map(milliseconds)).toEqual(['0.00 ms', '< 0.01 ms', '0.12 ms', '12.3 ms']);
});

it('what rounds to nothing has no sign', () => {
  expect([-0.001, -0.3, 1.005].map((value) => decimals(value, 2))).toEqual(['0.00', '-0.30', '1.01']);
});
