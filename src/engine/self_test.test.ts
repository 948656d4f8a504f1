import { expect, test } from 'vitest';
import type { Executor } from './executor';
import { selfTest } from './self_test';
import { createTensorflowExecutor } from './tensorflow/executor';

test('the cpu backend passes', async () => {
  const executor = await createTensorflowExecutor('cpu');
  expect(await selfTest(executor)).toBeNull();
  executor.dispose();
});

// A self-test that cannot fail guards nothing: each kind of damage must be named.
test.each([
  ['loss', 'the loss'],
  ['rows', 'the forward pass'],
  ['gradient of stem', 'the gradient of its stem'],
])('damage to %s is found', async (output, words) => {
  const executor = await createTensorflowExecutor('cpu');
  const damaged: Executor = Object.create(executor, {
    compile: {
      value: async (...args: Parameters<Executor['compile']>) => {
        const executable = await executor.compile(...args);
        return {
          dispose: () => executable.dispose(),
          run: async (...feeds: Parameters<typeof executable.run>) => {
            const made = await executable.run(...feeds);
            made[output] = made[output].map((value) => 1.01 * value);
            return made;
          },
        };
      },
    },
  });
  expect(await selfTest(damaged)).toContain(words);
  executor.dispose();
});
