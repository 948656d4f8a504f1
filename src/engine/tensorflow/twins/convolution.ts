import * as tf from '@tensorflow/tfjs-core';
import { fused, MEAN_POOL } from '../fused';
import { BOTH, INPUTS, slopesOf, type Twin } from '../twin';

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
