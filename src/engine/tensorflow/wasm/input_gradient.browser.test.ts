import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { drawn } from '../../testing/check';
import { openBackend } from '../backends/open';
import { inputGradient } from './input_gradient';

await openBackend('wasm');
await tf.setBackend('wasm');

// The way of machines with several threads, also where this one has a single one: equal to the loops of one thread.
test.each<[side: number, window: [number, number], stride: number, zeros: [number, number, number, number]]>([
  [5, [3, 3], 1, [1, 1, 1, 1]],
  [6, [3, 3], 2, [1, 1, 1, 1]],
  [6, [3, 3], 2, [0, 1, 0, 1]],
  [7, [3, 3], 2, [0, 0, 0, 0]],
  [5, [1, 7], 1, [0, 0, 3, 3]],
  [5, [7, 1], 1, [3, 3, 0, 0]],
  [5, [1, 1], 1, [0, 0, 0, 0]],
  [6, [1, 1], 2, [0, 0, 0, 0]],
  [5, [1, 1], 2, [0, 0, 0, 0]],
  [9, [7, 7], 2, [3, 3, 3, 3]],
])('the input gradient of %i x %i as a forward convolution, window %j / %i', async (side, window, stride, zeros) => {
  const [top, bottom, left, right] = zeros;
  const places = (padding: number, along: number) => Math.floor((side + padding - along) / stride) + 1;
  const out = [places(top + bottom, window[0]), places(left + right, window[1])];
  const tensor = (stream: number, ...shape: number[]) => tf.tensor(drawn(shape, stream).data, shape);
  const inputs = { dy: tensor(1, 2, ...out, 8), filter: tensor(2, ...window, 4, 8) };
  const pad: tf.backend_util.ExplicitPadding = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  const attrs = { strides: [stride, stride], pad, dataFormat: 'NHWC', inputShape: [2, side, side, 4] };
  const loops = tf.engine().runKernel(tf.Conv2DBackpropInput, inputs, attrs) as tf.Tensor;
  const made = inputGradient({ inputs, attrs, backend: tf.backend() }) as tf.Tensor;
  const largest = await tf.max(tf.abs(tf.sub(loops, made))).data();
  expect(made.shape).toEqual([2, side, side, 4]);
  expect(largest[0]).toBeLessThan(1e-4);
});
