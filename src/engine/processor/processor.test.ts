import { expect, test } from 'vitest';
import { add, addScaled, matMul, mean, relu } from '../../graph/ops/arithmetic';
import { conv2d } from '../../graph/ops/convolution';
import { constant, gradients, variable } from '../../graph/ops/leaves';
import type { Tensor } from '../../graph/tensor';
import { selfTest } from '../self_test';
import { opCases } from '../testing/cases';
import { complaints, drawn } from '../testing/check';
import { frozen, fusionCases } from '../testing/fusion_cases';
import { a, keepsItsPromises, one } from '../testing/promises';
import { createProcessorExecutor } from './executor';
import { compile } from './lower/compile';

const shared = await createProcessorExecutor(1);

test.each([...opCases, ...fusionCases])('$name: value as defined, derivative as its differences', async (opCase) => {
  expect(await complaints(shared, opCase)).toEqual([]);
});

test('a small step agrees with its definition, and leaks nothing', async () => {
  const before = shared.bytesHeld();
  expect(await selfTest(shared)).toBeNull();
  expect(shared.bytesHeld()).toBe(before);
});

const x = (...shape: number[]) => variable('x', shape);
const w = (...shape: number[]) => variable('w', shape);

/** Sides of the pictures, channels in and out, window, stride, batch. */
const SHAPES = [
  [5, 3, 17, [3, 3], 1, 2],
  [6, 17, 3, [1, 7], 1, 1],
  [7, 5, 8, [7, 1], 1, 2],
  [7, 5, 9, [3, 3], 2, 1],
  [6, 4, 1, [5, 5], 2, 1],
  [8, 1, 33, [1, 1], 2, 1],
  [9, 7, 5, [7, 7], 2, 1],
  [3, 40, 20, [3, 3], 1, 1],
  [13, 36, 12, [3, 3], 1, 2],
  [5, 36, 40, [3, 3], 1, 2],
  [6, 16, 48, [3, 3], 1, 1],
] as const;

test.each(SHAPES)('conv2d of %i px, %i to %i channels, window %j / %i of %i: as defined', async (...shape) => {
  const [side, inner, outer, [height, width], stride, batch] = shape;
  const result = conv2d(x(batch, side, side, inner), w(height, width, inner, outer), { stride, padding: 'same' });
  expect(await complaints(shared, { name: `${shape}`, result })).toEqual([]);
});

test('a product of many steps keeps its digits', async () => {
  const [left, right] = [drawn([1, 7, 7, 768], 1), drawn([7, 7, 768, 4], 2)];
  shared.write({ x: left, w: right });
  const y = conv2d(x(1, 7, 7, 768), w(7, 7, 768, 4));
  const product = await shared.compile({ name: 'product', outputs: { y }, updates: {} });
  const made = (await product.run({})).y;
  product.dispose();
  for (const [o, value] of made.entries()) {
    const exact = left.data.reduce((sum, factor, i) => sum + factor * right.data[4 * i + o], 0);
    expect(Math.abs(value - exact)).toBeLessThan(1e-3);
  }
});

test('a frozen norm is folded into a convolution that is nobody else’s and has no gradient', async () => {
  const commands = async (outputs: Record<string, Tensor>) =>
    (await shared.compile({ name: 'frozen', outputs, updates: {} })).report.dispatches;
  const made = conv2d(x(2, 4, 4, 4), w(3, 3, 4, 8), { padding: 1 });
  const normed = relu(add(frozen(made), variable('r', [2, 4, 4, 8])));
  // The norm's factors, the filter packed, the convolution.
  expect(await commands({ normed })).toBe(3);
  expect(await commands({ normed, made })).toBe(4);
});

test('an optimizer step of a weight is one command, in the places of its variables', async () => {
  const [weight, velocity] = [w(8, 4), variable('v', [8, 4])];
  const [gradient] = gradients(mean(matMul(x(2, 8), weight)), [weight]);
  const next = addScaled(addScaled(gradient, weight, 1e-4), velocity, 0.9);
  const count = async (updates: Record<string, Tensor>) =>
    (await shared.compile({ name: 'step', outputs: {}, updates })).report.dispatches;
  const alone = await count({ w: gradient });
  expect(await count({ w: addScaled(weight, next, -0.1), v: next })).toBe(alone + 1);
});

test.each([2, 4])('on %i threads no convolution, nor its gradient, is left to one', (threads) => {
  const [narrow, tapered] = [w(3, 3, 16, 16), variable('v', [1, 1, 16, 32])];
  const made = conv2d(conv2d(x(8, 16, 16, 16), narrow, { padding: 1 }), tapered, { stride: 2 });
  const outputs = Object.fromEntries(gradients(mean(made), [narrow, tapered]).map((gradient, i) => [`${i}`, gradient]));
  const { commands } = compile({ name: 'step', outputs, updates: {} }, threads, 0);
  const tasks = commands.flatMap((command) => (command.type === 'launch' && command.flops ? [command.tasks] : []));
  expect(tasks).toHaveLength(5);
  // Sixteen channels are two panels, and so at most two parts.
  expect(Math.min(...tasks)).toBeGreaterThanOrEqual(2);
});

keepsItsPromises(() => createProcessorExecutor(1));

test('programs share what they work in; what is dropped or disposed of is given back', async () => {
  const executor = await createProcessorExecutor(1);
  const product = (rows: number) => {
    const y = matMul(relu(constant(new Float32Array(16 * rows), [rows, 16])), w(16, 4));
    return executor.compile({ name: 'product', outputs: { y }, updates: {} });
  };
  executor.write({ w: drawn([16, 4], 1) });
  const before = executor.bytesHeld();
  const large = await product(64);
  const most = executor.bytesHeld();
  const small = await product(8);
  expect(executor.bytesHeld() - most).toBeLessThan(most - before);
  executor.write({ w: drawn([16, 4], 1), a: one(1) });
  const [y] = [(await large.run({})).y];
  expect(y).toEqual(new Float32Array(256));
  expect(executor.peakMemory()).toEqual({ bytes: executor.bytesHeld(), how: 'planned' });
  large.dispose();
  small.dispose();
  executor.drop(['a']);
  expect(executor.bytesHeld()).toBe(before);
  executor.forgetPeak();
  expect(executor.peakMemory().bytes).toBe(before);
  await expect(large.run({})).rejects.toThrow('after it was disposed of');
});

test('what does not fit into its memory is a fault before anything is made, and what fits works on', async () => {
  const executor = await createProcessorExecutor(1);
  const fits = { name: 'fits', outputs: { y: relu(a) }, updates: {} };
  expect(executor.fits(fits)).toBe(true);
  const image = conv2d(constant(new Float32Array(3), [1, 1, 1, 3]), w(1, 1, 3, 2 ** 30));
  const huge = { name: 'huge', outputs: { y: mean(image) }, updates: {} };
  expect(executor.fits(huge)).toBe(false);
  await expect(executor.compile(huge)).rejects.toMatchObject({
    kind: 'memory',
    message: expect.stringContaining('no memory left'),
  });
  expect(executor.bytesHeld()).toBe(0);
  executor.write({ a: one(1) });
  expect((await (await executor.compile(fits)).run({})).y[0]).toBe(1);
});
