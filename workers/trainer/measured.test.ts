import { expect, test } from 'vitest';
import { evenRows, MEASURED, pickLabels } from './measured';

test('of a large data set rows at equal distances are measured, each with its label', () => {
  const count = 5 * MEASURED + 3;
  const rows = evenRows(count, MEASURED);
  expect(rows).toHaveLength(MEASURED);
  expect(rows[MEASURED - 1]).toBeGreaterThan(count - 10);
  const labels = Int32Array.from({ length: count }, (_, row) => row % 7);
  expect([...(pickLabels(labels, rows) ?? [])]).toEqual(rows.map((row) => row % 7));
});

test('of a small one all rows but those set aside', () => {
  expect(evenRows(5, MEASURED, [1, 4])).toEqual([0, 2, 3]);
});
