import { expect, test } from 'vitest';
import { measureRange } from './table';

test('an interval has no unit of its own, and no dash beside a minus', () => {
  expect(measureRange('kNN', { low: 0.385, high: 0.846 })).toBe('38.5–84.6');
  expect(measureRange('probe MAE', { low: 22.1, high: 34.8 })).toBe('22.1–34.8');
  expect(measureRange('probe R2', { low: -0.0788, high: -0.00777 })).toBe('-0.0788 to -0.00777');
  expect(measureRange('probe R2', { low: -0.02, high: 0.0773 })).toBe('-0.02 to 0.0773');
});
