import * as tf from '@tensorflow/tfjs-core';
import { BOTH, INPUTS } from '../../schedule';
import { fused, MEAN_POOL } from '../fused';
import { slopesOf, type Twin } from '../twin';

const pictures = (x: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;

/** What the convolution's kernels are asked; the padding is the same number on all sides, as PyTorch pads. */
const geometry = ({ stride, padding }: { stride: number; padding: number }) => ({
  strides: [stride, stride] as [number, number],
  pad: padding,
  dataFormat: 'NHWC' as const,
  dilations: 1,
});

/** TensorFlow.js has both derivatives as kernels, and no public function for them. */
export const conv2d: Twin<'conv2d'> = {
  value: ({ attributes: { stride, padding }, inputs: [x, weights] }) =>
    tf.conv2d(pictures(x), pictures(weights), stride, padding),
  slopes: ({ attributes, inputs: [x, weights], dy, needs }) =>
    slopesOf(
      needs,
      () =>
        tf
          .engine()
          .runKernel(
            tf.Conv2DBackpropInput,
            { dy, filter: weights },
            { ...geometry(attributes), inputShape: x.shape },
          ) as tf.Tensor,
      () =>
        tf
          .engine()
          .runKernel(
            tf.Conv2DBackpropFilter,
            { x, dy },
            { ...geometry(attributes), filterShape: weights.shape },
          ) as tf.Tensor,
    ),
  remembers: INPUTS,
};

export const maxPool: Twin<'maxPool'> = {
  value: ({ attributes: { size, stride, padding }, inputs: [x] }) => tf.maxPool(pictures(x), size, stride, padding),
  slopes: ({ attributes: { size, stride, padding }, inputs: [x], value, dy, needs }) =>
    slopesOf(
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
  remembers: BOTH,
};

/** Each of the H W positions has the same share of the mean. */
export const meanPool: Twin<'meanPool'> = {
  value: ({ inputs: [x] }) => fused(MEAN_POOL, { x }, {})?.[0] ?? tf.mean(x, [1, 2]),
  slopes: ({ inputs: [x], dy, needs }) =>
    slopesOf(needs, () => {
      const [n, height, width, channels] = x.shape;
      const share = tf.reshape(tf.div(dy, height * width), [n, 1, channels]);
      return tf.reshape(tf.mul(tf.ones([n, height * width, channels]), share), x.shape);
    }),
  remembers: INPUTS,
};

/** Rows [R, C] -> [R, 2C], each row followed by itself. */
const doubled = (rows: tf.Tensor): tf.Tensor => tf.concat([rows, rows], 1);

/** Rows [R, 2C] -> [R, C], the sum of the halves. */
function halvesAdded(rows: tf.Tensor): tf.Tensor {
  const [count, columns] = rows.shape as [number, number];
  const half = (begin: number) => tf.slice(rows, [0, begin], [count, columns / 2]);
  return tf.add(half(0), half(columns / 2));
}

/** In copies of rows: first each pixel beside itself, then each line of pixels under itself. Its derivative adds them up. */
export const upsample2: Twin<'upsample2'> = {
  value: ({ inputs: [x], shape }) => {
    const [n, height, width, channels] = x.shape as [number, number, number, number];
    const wide = doubled(tf.reshape(x, [n * height * width, channels]));
    return tf.reshape(doubled(tf.reshape(wide, [n * height, 2 * width * channels])), [...shape]);
  },
  slopes: ({ inputs: [x], dy, needs }) =>
    slopesOf(needs, () => {
      const [n, height, width, channels] = x.shape as [number, number, number, number];
      const wide = halvesAdded(tf.reshape(dy, [n * height, 4 * width * channels]));
      return tf.reshape(halvesAdded(tf.reshape(wide, [n * height * width, 2 * channels])), x.shape);
    }),
  remembers: INPUTS,
};
