import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { add, addScaled, matMul, mean, relu, scale } from '../../graph/ops/arithmetic';
import { constant, gradients, input, scalar, stopGradient, variable } from '../../graph/ops/leaves';
import type { Program } from '../../graph/program';
import type { Tensor } from '../../graph/tensor';
import { drawn } from '../testing/check';
import { createTensorflowExecutor } from './executor';

const executor = await createTensorflowExecutor('cpu');
afterAll(() => executor.dispose());
beforeEach(() => executor.drop(['a', 'b', 'w']));

const one = (value: number) => ({ shape: [1], data: Float32Array.of(value) });
const [a, b] = [variable('a', [1]), variable('b', [1])];
const program = (updates: Record<string, Tensor>, outputs: Record<string, Tensor> = {}): Program => ({
  name: 'test',
  outputs,
  updates,
});
const firstOf = async (name: string) => (await executor.read([name]))[name].data[0];

test('updates read the variables as they were and take effect together', async () => {
  executor.write({ a: one(1), b: one(2) });
  const swap = await executor.compile(program({ a: b, b: a }));
  await swap.run({});
  expect([await firstOf('a'), await firstOf('b')]).toEqual([2, 1]);
});

test('runs, writes and reads take effect in the order they were asked for', async () => {
  executor.write({ a: one(1) });
  const affine = await executor.compile(
    program({ a: addScaled(scale(a, 10), input('x', [1]), scalar('t')) }, { before: a }),
  );
  const runs = [1, 2, 3].map((x) => affine.run({ x: Float32Array.of(x), t: 1 }));
  const between = executor.read(['a']);
  executor.write({ a: one(7) });
  const after = affine.run({ x: Float32Array.of(0), t: 0 });
  expect((await Promise.all(runs)).map(({ before }) => before[0])).toEqual([1, 11, 112]);
  expect((await between).a.data[0]).toBe(1123);
  expect((await after).before[0]).toBe(7);
});

test('a run that fails changes nothing, and the next one works', async () => {
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

test('the same run twice gives the same bits', async () => {
  const w = variable('w', [8, 8]);
  const [gradient] = gradients(mean(relu(matMul(input('x', [16, 8]), w))), [w]);
  const step = await executor.compile(program({ w: addScaled(w, gradient, -0.5) }));
  const train = async () => {
    executor.write({ w: drawn([8, 8], 3) });
    for (let i = 0; i < 3; i++) await step.run({ x: drawn([16, 8], i).data });
    return (await executor.read(['w'])).w.data;
  };
  expect(await train()).toEqual(await train());
});

test('the derivative through a stopGradient is zero, beside it is not', async () => {
  executor.write({ a: one(3), b: one(4) });
  const product = (left: Tensor, right: Tensor) => matMul(asMatrix(left), asMatrix(right));
  // d/da [a stop(b) + stop(a) b] = stop(b), d/db = stop(a).
  const loss = mean(add(product(a, stopGradient(b)), product(stopGradient(a), b)));
  const [atA, atB] = gradients(loss, [a, b]);
  const [untouched] = gradients(mean(stopGradient(a)), [a]);
  const executable = await executor.compile(program({}, { atA, atB, untouched }));
  const made = await executable.run({});
  expect([made.atA[0], made.atB[0], made.untouched[0]]).toEqual([4, 3, 0]);
});

/** [1] as [1, 1]. */
const asMatrix = (vector: Tensor): Tensor => add(constant(new Float32Array(1), [1, 1]), vector);

test('a parameter of which another parameter is made has the whole derivative', async () => {
  executor.write({ a: one(3) });
  const middle = scale(a, 5);
  const [atA, atMiddle] = gradients(mean(scale(middle, 2)), [a, middle]);
  const executable = await executor.compile(program({}, { atA, atMiddle }));
  const made = await executable.run({});
  expect([made.atA[0], made.atMiddle[0]]).toEqual([10, 2]);
});

test('what is fed wrongly is named', async () => {
  executor.write({ a: one(1) });
  const executable = await executor.compile(program({}, { out: addScaled(a, input('x', [1]), scalar('t')) }));
  await expect(executable.run({ t: 1 })).rejects.toThrow(`test: 'x' was not fed`);
  await expect(executable.run({ t: 1, x: new Float32Array(2) })).rejects.toThrow(`'x' must be fed with [1]`);
  await expect(executable.run({ t: 1, x: new Int32Array(1) })).rejects.toThrow(`'x' must be fed with float32`);
  await expect(executable.run({ t: Float32Array.of(1), x: new Float32Array(1) })).rejects.toThrow('with a number');
  executor.write({ a: { shape: [2], data: new Float32Array(2) } });
  await expect(executable.run({ t: 1, x: new Float32Array(1) })).rejects.toThrow(`'a' is float32 [2], not float32 [1]`);
});

test('values read are copies, and unknown names are refused', async () => {
  const given = Float32Array.of(1);
  executor.write({ a: { shape: [1], data: given } });
  given[0] = 9;
  const { a: read } = await executor.read(['a']);
  read.data[0] = 8;
  expect(await firstOf('a')).toBe(1);
  await expect(executor.read(['nobody'])).rejects.toThrow(`no variable 'nobody'`);
  expect(() => executor.write({ a: { shape: [2], data: given } })).toThrow('1 values for shape [2]');
});
