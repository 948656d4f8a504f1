import { expect, test } from 'vitest';
import { kindOf } from './pictureKind';

test.each([
  [{ count: 300 }, 'natural'],
  [{ count: 4, looks: { grey: 4, plain: 4 } }, 'natural'],
  [{ count: 300, looks: { grey: 10, plain: 40 } }, 'natural'],
  [{ count: 300, looks: { grey: 12, plain: 200 } }, 'product'],
  [{ count: 300, looks: { grey: 290, plain: 300 } }, 'grey'],
])('%o is %s', (set, recipe) => {
  expect(kindOf(set).recipe).toBe(recipe);
});

test('the reason counts what was seen', () => {
  expect(kindOf({ count: 1300, looks: { grey: 0, plain: 1100 } }).why).toContain('1,100 of 1,300 pictures');
});
