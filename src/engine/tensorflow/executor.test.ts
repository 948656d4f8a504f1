import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { add, addScaled, matMul, mean, relu, scale } from '../../graph/ops/arithmetic';
import { constant, gradients, input, variable } from '../../graph/ops/leaves';
import type { Program } from '../../graph/program';
import type { Tensor } from '../../graph/tensor';
import { drawn } from '../testing/check';
import { a, keepsItsPromises, one } from '../testing/promises';
import { createTensorflowExecutor } from './executor';

const executor = await createTensorflowExecutor('cpu');
afterAll(() => executor.dispose());
beforeEach(() => executor.drop(['a', 'w']));
const program = (updates: Record<string, Tensor>, outputs: Record<string, Tensor> = {}): Program => ({
  name: 'test',
  outputs,
  updates,
});
keepsItsPromises(() => createTensorflowExecutor('cpu'));

const firstOf = async (name: string) => (await executor.read([name]))[name].data[0];

test('a run that fails leaves no tensors behind, and the next one works', async () => {
  executor.write({ a: one(5) });
  const broken = await executor.compile(program({ a: scale(a, 2), c: variable('missing', [1]) }));
  const before = tf.memory().numTensors;
  await expect(broken.run({})).rejects.toThrow(`there is no variable 'missing'`);
  expect(tf.memory().numTensors).toBe(before);
  const works = await executor.compile(program({ a: scale(a, 3) }));
  await works.run({});
  expect(await firstOf('a')).toBe(15);
});

test('an op that fails in the middle leaves nothing behind', async () => {
  executor.write({ a: one(5) });
  const x = input('x', [2, 3]);
  // Tampered with after the shapes were checked: the kernel itself fails.
  const wrong = { ...matMul(x, input('y', [3, 2])), inputs: [x, x] } as Tensor;
  const fails = await executor.compile(program({ a: scale(a, 2) }, { out: mean(relu(wrong)), other: scale(a, 4) }));
  const before = tf.memory().numTensors;
  await expect(fails.run({ x: new Float32Array(6) })).rejects.toThrow();
  expect(tf.memory().numTensors).toBe(before);
  expect(await firstOf('a')).toBe(5);
});

test('runs leak no tensors, also with a backward pass', async () => {
  const w = variable('w', [3, 2]);
  executor.write({ w: drawn([3, 2], 1) });
  const loss = mean(relu(matMul(input('x', [4, 3]), w)));
  const [gradient] = gradients(loss, [w]);
  const step = await executor.compile(program({ w: addScaled(w, gradient, -0.1) }, { loss }));
  const feeds = { x: drawn([4, 3], 2).data };
  await step.run(feeds);
  const before = tf.memory().numTensors;
  for (let i = 0; i < 3; i++) await step.run(feeds);
  expect(tf.memory().numTensors).toBe(before);
});

test('the peak is what is held beside each other at most: an operand and its result, until the operand is freed', async () => {
  const wide = variable('a', [1000]);
  executor.write({ a: { shape: [1000], data: new Float32Array(1000) } });
  const chain = await executor.compile(program({}, { y: mean(scale(scale(relu(wide), 2), 3)) }));
  await executor.read(['a']);
  const before = tf.memory().numBytes;
  executor.forgetPeak();
  expect(executor.peakMemory()).toEqual({ bytes: executor.bytesHeld(), how: 'sampled' });
  await chain.run({});
  expect(executor.peakMemory().bytes).toBe(before + 2 * 4000);
  executor.forgetPeak();
  expect(executor.peakMemory().bytes).toBe(executor.bytesHeld());
});

test('dispose gives everything back', async () => {
  const before = tf.memory().numTensors;
  const own = await createTensorflowExecutor('cpu');
  own.write({ a: one(1) });
  const executable = await own.compile(program({ a: add(a, constant(Float32Array.of(2), [1])) }));
  await executable.run({});
  expect(own.bytesHeld()).toBe(8);
  executable.dispose();
  own.dispose();
  await own.read([]);
  expect(tf.memory().numTensors).toBe(before);
});
