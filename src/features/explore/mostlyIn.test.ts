import { expect, test } from 'vitest';
import { clusterColumn } from './map/clusterColumn';
import { mostlyIn } from './mostlyIn';

test('the label of most rows is named, of those that have one', () => {
  const column = { kind: 'class' as const, name: 'mine', values: ['owl', null, 'duck', 'duck', 'owl', 'owl'] };
  expect(mostlyIn(column, [0, 1, 2, 3])).toEqual({ name: 'duck', pictures: 2 });
  expect(mostlyIn(column, [1])).toBe(null);
  expect(mostlyIn(undefined, [0])).toBe(null);
});

test('clusters are labels that are told apart, named by what most of each are', () => {
  const column = { kind: 'class' as const, name: 'mine', values: ['owl', 'owl', 'owl', 'duck', null, null] };
  const { values } = clusterColumn([[1, 0], [2, 3], [5]], 6, column);
  expect(values).toEqual(['1 · owl', '1 · owl', '2 · owl', '2 · owl', null, 'Group 3']);
});
