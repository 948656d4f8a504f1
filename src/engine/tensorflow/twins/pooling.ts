import * as tf from '@tensorflow/tfjs-core';
import type { Kinds } from '../../../graph/tensor';
import { gradientsOf, type Twin } from '../twin';
import { depthwiseInputGradient } from './convolution';

const pictures = (x: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;

export const maxPool: Twin<'maxPool'> = {
  value: ({ attributes: { size, stride, padding }, inputs: [x] }) => tf.maxPool(pictures(x), size, stride, padding),
  gradients: ({ attributes: { size, stride, padding }, inputs: [x], value, dy, needs }) =>
    gradientsOf(
      needs,
      () =>
        tf
          .engine()
          .runKernel(
            tf.MaxPoolGrad,
            { dy, input: x, output: value },
            { filterSize: [size, size], strides: [stride, stride], pad: padding },
          ) as tf.Tensor,
    ),
};

/** [1, H', W', 1]: one over how many values a window has beside the padding. */
function shares(
  { size, stride, padding }: Kinds['averagePool'],
  [, height, width]: number[],
  places: number[],
): tf.Tensor {
  const counts = (side: number, along: number): number[] =>
    Array.from({ length: along }, (_, i) => {
      const begin = i * stride - padding;
      return Math.min(begin + size, side) - Math.max(begin, 0);
    });
  const [rows, columns] = [counts(height, places[1]), counts(width, places[2])];
  const values = rows.flatMap((row) => columns.map((column) => 1 / (row * column)));
  return tf.tensor(values, [1, rows.length, columns.length, 1]);
}

/** Its derivative hands each value a share of every mean it was in. TensorFlow.js's own counts padding, which its mean does not. */
export const averagePool: Twin<'averagePool'> = {
  value: ({ attributes: { size, stride, padding }, inputs: [x] }) => tf.avgPool(pictures(x), size, stride, padding),
  gradients: ({ attributes, inputs: [x], dy, needs }) =>
    gradientsOf(needs, () => {
      const { size, stride, padding } = attributes;
      const ones = tf.ones([size, size, x.shape[3] as number, 1]);
      const around = { stride, padding: [padding, padding, padding, padding] as const };
      return depthwiseInputGradient(tf.mul(dy, shares(attributes, x.shape, dy.shape)), ones, around, x.shape);
    }),
};

/** Each of the H W positions has the same share of the mean. */
export const meanPool: Twin<'meanPool'> = {
  value: ({ inputs: [x] }) => tf.mean(x, [1, 2]),
  gradients: ({ inputs: [x], dy, needs }) =>
    gradientsOf(needs, () => {
      const [n, height, width, channels] = x.shape;
      const share = tf.reshape(tf.div(dy, height * width), [n, 1, channels]);
      return tf.reshape(tf.mul(tf.ones([n, height * width, channels]), share), x.shape);
    }),
};
