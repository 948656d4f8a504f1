import { expect, it } from 'vitest';
import { count, duration, percent, significant } from './amounts';

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
