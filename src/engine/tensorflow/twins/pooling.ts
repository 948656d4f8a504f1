import * as tf from '@tensorflow/tfjs-core';
import type { Kinds, Shape } from '../../../graph/tensor';
import type { Twin } from '../twin';
import { geometry } from './convolution';

const pictures = (x: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;

export const maxPool: Twin<'maxPool'> = {
  value: ({ attributes: { size, stride, padding }, inputs: [x] }) => tf.maxPool(pictures(x), size, stride, padding),
};

/** [1, H', W', 1]: one over how many values a window has beside the padding. */
function shares({ size, stride, padding }: Kinds['averagePool'], [, height, width]: Shape, places: Shape): tf.Tensor {
  const counts = (side: number, along: number): number[] =>
    Array.from({ length: along }, (_, i) => {
      const begin = i * stride - padding;
      return Math.min(begin + size, side) - Math.max(begin, 0);
    });
  const [rows, columns] = [counts(height, places[1]), counts(width, places[2])];
  const values = rows.flatMap((row) => columns.map((column) => 1 / (row * column)));
  return tf.tensor(values, [1, rows.length, columns.length, 1]);
}

/** Sums of windows, which are divided: the derivative of TensorFlow.js's own counts padding, which its mean does not. */
export const averagePool: Twin<'averagePool'> = {
  value: ({ attributes, inputs: [x], shape }) => {
    const { size, stride, padding } = attributes;
    const ones = tf.ones<tf.Rank.R4>([size, size, x.shape[3] as number, 1]);
    const around = geometry({ stride, padding: [padding, padding, padding, padding] });
    return tf.mul(tf.depthwiseConv2d(pictures(x), ones, ...around), shares(attributes, x.shape, shape));
  },
};

export const meanPool: Twin<'meanPool'> = { value: ({ inputs: [x] }) => tf.mean(x, [1, 2]) };
