import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Executor } from '../../engine/executor';
import { createProcessorExecutor } from '../../engine/processor/executor';
import { constant } from '../../graph/ops/leaves';
import type { Tensor } from '../../graph/tensor';
import { expectClose, normals } from '../tiny.testing';
import { divergence } from './divergence';
import { squaredError } from './squared_error';

let executor: Executor;
beforeAll(async () => {
  executor = await createProcessorExecutor(1);
});
afterAll(() => executor.dispose());

async function computed(result: Tensor): Promise<Float32Array> {
  const executable = await executor.compile({ name: 'loss', outputs: { result }, updates: {} });
  const { result: value } = await executable.run({});
  executable.dispose();
  return value;
}

test('the error of one constant colour is the mean of its squared distance from every value', async () => {
  const wanted = normals(2 * 4 * 4 * 3, 5);
  const constantly = constant(new Float32Array(wanted.length).fill(0.25), [2, 4, 4, 3]);
  const [error] = await computed(squaredError(constantly, constant(wanted, [2, 4, 4, 3])));
  expect(error).toBeCloseTo(wanted.reduce((sum, value) => sum + (value - 0.25) ** 2, 0) / wanted.length, 6);
  expect([...(await computed(squaredError(constantly, constantly)))]).toEqual([0]);
});

test('the standard normal diverges from itself by nothing', async () => {
  const zeros = constant(new Float32Array(6), [2, 3]);
  expectClose(await computed(divergence(zeros, zeros)), [0, 0, 0, 0, 0, 0], 7);
});

test('divergence by hand: mean 2, variance 1 gives 2; mean 0, variance e^2 gives (e^2 - 3) / 2; and a narrow one', async () => {
  const means = constant(Float32Array.of(2, 0, 1), [1, 3]);
  const logVariances = constant(Float32Array.of(0, 2, -4), [1, 3]);
  const narrow = (1 + Math.exp(-4) + 4 - 1) / 2;
  expectClose(await computed(divergence(means, logVariances)), [2, (Math.exp(2) - 3) / 2, narrow], 5);
});
