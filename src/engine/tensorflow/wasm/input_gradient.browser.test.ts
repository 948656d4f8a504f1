import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { drawn } from '../../testing/check';
import { openBackend } from '../backends/open';
import { inputGradient } from './input_gradient';

await openBackend('wasm');
await tf.setBackend('wasm');

// The way of machines with several threads, also where this one has a single one: equal to the loops of one thread.
test.each([
  [5, 3, 1],
  [6, 3, 2],
  [7, 3, 2],
  [5, 1, 1],
  [6, 1, 2],
  [5, 1, 2],
  [9, 7, 2],
])('the input gradient of %i x %i as a forward convolution, window %i', async (side, window, stride) => {
  const padding = (window - 1) / 2;
  const out = Math.floor((side + 2 * padding - window) / stride) + 1;
  const tensor = (stream: number, ...shape: number[]) => tf.tensor(drawn(shape, stream).data, shape);
  const inputs = { dy: tensor(1, 2, out, out, 8), filter: tensor(2, window, window, 4, 8) };
  const attrs = { strides: [stride, stride], pad: padding, dataFormat: 'NHWC', inputShape: [2, side, side, 4] };
  const loops = tf.engine().runKernel(tf.Conv2DBackpropInput, inputs, attrs) as tf.Tensor;
  const made = inputGradient({ inputs, attrs, backend: tf.backend() }) as tf.Tensor;
  const largest = await tf.max(tf.abs(tf.sub(loops, made))).data();
  expect(made.shape).toEqual([2, side, side, 4]);
  expect(largest[0]).toBeLessThan(1e-4);
});
