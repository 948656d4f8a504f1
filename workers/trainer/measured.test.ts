import { expect, test } from 'vitest';
import { evenRows, MEASURED, measuredPart } from './measured';

test('of a large table rows at equal distances are measured, each with its label', () => {
  const count = 5 * MEASURED + 3;
  const table = { values: Float32Array.from({ length: count }, (_, row) => row), count, dim: 1 };
  const labels = Int32Array.from({ length: count }, (_, row) => row % 7);
  const part = measuredPart(table, labels);
  expect(part.count).toBe(MEASURED);
  expect([...part.values]).toEqual(evenRows(count, MEASURED));
  expect([...(part.labels ?? [])]).toEqual([...part.values].map((row) => row % 7));
  expect(part.values[MEASURED - 1]).toBeGreaterThan(count - 10);
});

test('a small table is measured whole, without a copy', () => {
  const values = new Float32Array(2 * MEASURED);
  expect(measuredPart({ values, count: MEASURED, dim: 2 }, null)).toEqual({
    values,
    count: MEASURED,
    dim: 2,
    labels: null,
  });
  expect(measuredPart({ values, count: MEASURED, dim: 2 }, null).values).toBe(values);
});
