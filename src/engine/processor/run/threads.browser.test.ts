import { expect, test } from 'vitest';
import { add, mean, relu } from '../../../graph/ops/arithmetic';
import { conv2d } from '../../../graph/ops/convolution';
import { gradients, variable } from '../../../graph/ops/leaves';
import { batchNorm, moments } from '../../../graph/ops/normalisation';
import { opCases } from '../../testing/cases';
import { complaints, drawn } from '../../testing/check';
import { createProcessorExecutor } from '../executor';

const cases = opCases.filter(({ name }) => /conv|norm|moments|matMul|Rows|Entropy/i.test(name));

// Whatever a machine offers, the kernels work on one thread, on two and on four.
test.each([1, 2, 4])('on %i threads every kernel computes its definition', async (threads) => {
  const executor = await createProcessorExecutor(threads);
  expect(executor.threads).toBe(threads);
  for (const opCase of cases) expect(await complaints(executor, opCase)).toEqual([]);
  executor.dispose();
});

test('any number of threads gives the same bits', async () => {
  // By tiles, then by places.
  const [x, v, w] = [variable('x', [3, 15, 15, 20]), variable('v', [3, 3, 20, 24]), variable('w', [3, 3, 24, 90])];
  const [gamma, beta] = [variable('gamma', [90]), variable('beta', [90])];
  const made = conv2d(relu(conv2d(x, v, { padding: 1 })), w, { stride: 2, padding: 1 });
  const y = relu(batchNorm(made, moments(made), gamma, beta));
  const derived = gradients(mean(y), [x, w, v, gamma, beta]);
  const outputs = { y, ...Object.fromEntries(derived.map((gradient, i) => [`gradient ${i}`, gradient])) };
  const updates = { w: add(w, derived[1]) };
  const results = [];
  for (const threads of [1, 2, 4]) {
    const executor = await createProcessorExecutor(threads);
    executor.write({
      ...{ x: drawn([3, 15, 15, 20], 1), w: drawn([3, 3, 24, 90], 2), v: drawn([3, 3, 20, 24], 5) },
      ...{ gamma: drawn([90], 3), beta: drawn([90], 4) },
    });
    const step = await executor.compile({ name: 'step', outputs, updates });
    results.push([await step.run({}), await executor.read(['w'])]);
    executor.dispose();
  }
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});
