import { expect, test } from 'vitest';
import type { Executor } from './executor';
import { material, nameOf, network, parameters, selfTest } from './self_test';
import { RIGHT } from './self_test_values';
import { createTensorflowExecutor } from './tensorflow/executor';
import { derivativeAlong, plainValues } from './testing/plain/evaluate';

test('the right values are what the definitions come to, in double precision', () => {
  const { loss, rows } = network();
  const { variables, feeds, directions } = material();
  const known = { ...feeds, ...Object.fromEntries(Object.entries(variables).map(([name, { data }]) => [name, data])) };
  const [plainLoss, plainRows] = plainValues([loss, rows], known);
  const derivatives = Object.values(parameters).map((parameter, i) =>
    derivativeAlong(loss, known, nameOf(parameter), directions[i]),
  );
  const right = [RIGHT.loss, ...RIGHT.rows, ...RIGHT.derivatives];
  [...plainLoss.data, ...plainRows.data, ...derivatives].forEach((value, i) => {
    expect(right[i] / value).toBeCloseTo(1, 4);
  });
});

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
