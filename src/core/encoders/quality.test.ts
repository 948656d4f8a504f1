import { expect, test } from 'vitest';
import type { Measure } from '../records';
import { qualityOf, qualityScale } from './quality';

const encoder = (...measures: Partial<Measure>[]) => ({
  measures: measures.map((one) => ({ name: 'mAP@R', value: 0, protocol: '', ...one }) as Measure),
});

test('all rows are drawn by one measure, on a scale that no interval exceeds', () => {
  const rows = [
    encoder({ value: 0.3, interval: { low: 0.25, high: 0.41 } }, { name: 'kNN', value: 0.9 }),
    encoder({ name: 'kNN', value: 0.99 }),
    encoder({ value: 0.2 }),
  ];
  const scale = qualityScale(rows);
  expect(scale).toMatchObject({ name: 'mAP@R', recipe: undefined, most: 0.5 });
  expect(scale && rows.map((row) => qualityOf(row, scale)?.value ?? null)).toEqual([0.3, null, 0.2]);
  expect(qualityScale([encoder({ value: 0 })])?.most).toBe(0.1);
  expect(qualityScale([{ measures: [] }])).toBe(null);
});

test('views of another recipe than the first row’s are not drawn beside it', () => {
  const rows = (['natural', 'grey'] as const).map((recipe) => encoder({ name: 'two-view R@1', value: 0.5, recipe }));
  const scale = qualityScale(rows);
  expect(scale && rows.map((row) => qualityOf(row, scale) !== null)).toEqual([true, false]);
});
