import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { conv2d } from '../../../graph/ops/convolution';
import { variable } from '../../../graph/ops/leaves';
import { complaints, drawn } from '../../testing/check';
import { createTensorflowExecutor } from '../executor';
import { linkKernels } from './linked';

const executor = await createTensorflowExecutor('wasm');
await tf.setBackend('wasm');
const backend = tf.backend() as BackendWasm;

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
] as const;

test.each(SHAPES)('conv2d of %i px, %i to %i channels, window %j / %i of %i: as defined', async (...shape) => {
  const [side, inner, outer, [height, width], stride, batch] = shape;
  const x = variable('x', [batch, side, side, inner]);
  const result = conv2d(x, variable('w', [height, width, inner, outer]), { stride, padding: 'same' });
  expect(await complaints(executor, { name: `${shape}`, result })).toEqual([]);
});

const tensor = (stream: number, ...shape: number[]) => tf.tensor(drawn(shape, stream).data, shape);

test('any number of threads gives the same bits', async () => {
  const [x, filter] = [tensor(1, 3, 15, 15, 20), tensor(2, 3, 3, 20, 90)];
  const attrs = { strides: [2, 2], pad: 1, dataFormat: 'NHWC', dilations: [1, 1] };
  const run = (kernel: string, inputs: tf.NamedTensorMap, more: object = {}) =>
    tf.engine().runKernel(kernel, inputs, { ...attrs, ...more } as tf.NamedAttrMap) as tf.Tensor;
  const made: Float32Array[][] = [];
  for (const threads of [1, 2, 4]) {
    expect((await linkKernels(backend, threads)).threads).toBe(threads);
    const y = run(tf.Conv2D, { x, filter });
    const dx = run(tf.Conv2DBackpropInput, { dy: y, filter }, { inputShape: x.shape });
    const dw = run(tf.Conv2DBackpropFilter, { x, dy: y }, { filterShape: filter.shape });
    made.push(await Promise.all([y, dx, dw].map((result) => result.data<'float32'>())));
  }
  expect(made[1]).toEqual(made[0]);
  expect(made[2]).toEqual(made[0]);
});

test('a tensor of many steps keeps its digits', async () => {
  const [x, filter] = [tensor(1, 1, 7, 7, 768), tensor(2, 7, 7, 768, 4)];
  const y = tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'valid');
  const [left, right, made] = await Promise.all([x, filter, y].map((values) => values.data<'float32'>()));
  for (const [o, value] of made.entries()) {
    const exact = left.reduce((sum, factor, i) => sum + factor * right[4 * i + o], 0);
    expect(Math.abs(value - exact)).toBeLessThan(1e-3);
  }
});
