import { expect, test } from 'vitest';
import { featuresOf } from './features';

/** A device with these features, and kernels that enable these extensions. */
const states = (features: string[], extensions: string[]) =>
  Object.fromEntries(
    featuresOf({ features: new Set(features) }, (extension) => extensions.includes(extension)).map(
      ({ name, offered, used, why }) => {
        expect(why).toMatch(/^[A-Z].*\.$/);
        return [name, [offered, used]];
      },
    ),
  );

test('a feature is used where the device offers it and a kernel asks for it; the clock whenever it is offered', () => {
  expect(states([], [])).toEqual({
    subgroups: [false, false],
    'shader-f16': [false, false],
    'timestamp-query': [false, false],
  });
  expect(states(['subgroups', 'shader-f16', 'timestamp-query'], ['f16'])).toEqual({
    subgroups: [true, false],
    'shader-f16': [true, true],
    'timestamp-query': [true, true],
  });
});
