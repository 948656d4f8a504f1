import { expect, test } from 'vitest';
import { mostlyIn } from './mostlyIn';

test('the label of most rows is named, of those that have one', () => {
  const column = { kind: 'class' as const, name: 'mine', values: ['owl', null, 'duck', 'duck', 'owl', 'owl'] };
  expect(mostlyIn(column, [0, 1, 2, 3])).toEqual({ name: 'duck', pictures: 2 });
  expect(mostlyIn(column, [1])).toBe(null);
  expect(mostlyIn(undefined, [0])).toBe(null);
});
