import { afterAll, expect, test } from 'vitest';
import { mean } from '../../graph/ops/arithmetic';
import { crossEntropy } from '../../graph/ops/contrast';
import { constant, gradients, variable } from '../../graph/ops/leaves';
import { opCases } from '../testing/cases';
import { complaints } from '../testing/check';
import { createTensorflowExecutor } from './executor';

const executor = await createTensorflowExecutor('cpu');
afterAll(() => executor.dispose());

// The definition in plain loops is the reference for the value, its differences for the derivative.
test.each(opCases)('$name: value as defined, derivative as its differences', async (opCase) => {
  expect(await complaints(executor, opCase)).toEqual([]);
});

test('a row that is nearly sure of its target keeps the digits of its loss and its gradient', async () => {
  const logits = variable('logits', [1, 3]);
  const loss = crossEntropy(logits, constant(Int32Array.of(1), [1]));
  executor.write({ logits: { shape: [1, 3], data: Float32Array.of(0, 16, 1) } });
  const [gradient] = gradients(mean(loss), [logits]);
  const made = await (await executor.compile({ name: 'sure', outputs: { loss, gradient }, updates: {} })).run({});
  const others = [Math.exp(-16), Math.exp(-15)];
  const total = 1 + others[0] + others[1];
  const expected = [others[0] / total, -(others[0] + others[1]) / total, others[1] / total];
  expect(made.loss[0] / Math.log1p(others[0] + others[1])).toBeCloseTo(1, 5);
  expected.forEach((value, i) => {
    expect(made.gradient[i] / value).toBeCloseTo(1, 5);
  });
});
