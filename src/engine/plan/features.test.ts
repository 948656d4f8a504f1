import { expect, test } from 'vitest';
import { featuresOf } from './features';

/** A device with these features, and a program in half precision or not. */
const states = (features: string[], half: boolean) =>
  Object.fromEntries(
    featuresOf({ features: new Set(features) }, half).map(({ name, offered, used, why }) => {
      expect(why).toMatch(/^[A-Z].*\.$/);
      return [name, [offered, used]];
    }),
  );

test('a feature is used where the device offers it and a kernel asks for it; the clock whenever it is offered', () => {
  expect(states([], false)).toEqual({
    'shader-f16': [false, false],
    'timestamp-query': [false, false],
  });
  expect(states(['shader-f16', 'timestamp-query'], true)).toEqual({
    'shader-f16': [true, true],
    'timestamp-query': [true, true],
  });
});
