import { expect, it } from 'vitest';
import { count, duration, percent, significant, unbroken } from './amounts';

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
