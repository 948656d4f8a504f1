import * as tf from '@tensorflow/tfjs-core';
import type { Kinds, Shape } from '../../../graph/tensor';
import { gradientsOf, type Twin } from '../twin';

type Shape4 = [number, number, number, number];
const pictures = (x: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;

/** Strides and padding as TensorFlow.js takes them. */
export const geometry = ({
  stride,
  padding: [top, bottom, left, right],
}: Pick<Kinds['conv2d'], 'stride' | 'padding'>): [strides: [number, number], pad: tf.backend_util.ExplicitPadding] => [
  [stride, stride],
  [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ],
];

/**
 * dw [h, w, I, O] as a convolution of each picture, channels for pictures, by its dy: TensorFlow.js's own kernel takes forty times as
 * long in plain JavaScript. One over all pictures would lose digits, in one long sum of single precision.
 */
function filterGradient(x: tf.Tensor, dy: tf.Tensor, { stride, padding }: Kinds['conv2d'], shape: Shape): tf.Tensor {
  const [height, width, inner, outer] = shape;
  const [, pad] = geometry({ stride, padding });
  const single = (of: tf.Tensor, n: number) => tf.slice(pictures(of), [n, 0, 0, 0], [1, -1, -1, -1]);
  const each = Array.from({ length: x.shape[0] }, (_, n) => {
    const [channels, filters] = [tf.transpose(single(x, n), [3, 1, 2, 0]), tf.transpose(single(dy, n), [1, 2, 0, 3])];
    return tf.slice(tf.conv2d(channels, filters, 1, pad, 'NHWC', stride), [0, 0, 0, 0], [inner, height, width, outer]);
  });
  return tf.transpose(tf.sum(tf.stack(each), 0), [1, 2, 0, 3]);
}

export const conv2d: Twin<'conv2d'> = {
  value: ({ attributes, inputs: [x, weights] }) => tf.conv2d(pictures(x), pictures(weights), ...geometry(attributes)),
  gradients: ({ attributes, inputs: [x, weights], dy, needs }) =>
    gradientsOf(
      needs,
      () => tf.conv2dTranspose(pictures(dy), pictures(weights), x.shape as Shape4, ...geometry(attributes)),
      () => filterGradient(x, dy, attributes, weights.shape),
    ),
};

export const depthwiseConv2d: Twin<'depthwiseConv2d'> = {
  value: ({ attributes, inputs: [x, weights] }) =>
    tf.depthwiseConv2d(pictures(x), pictures(weights), ...geometry(attributes)),
};

/** Rows [R, C] -> [R, 2C], each row followed by itself. */
const doubled = (rows: tf.Tensor): tf.Tensor => tf.concat([rows, rows], 1);

/** In copies of rows: first each pixel beside itself, then each line of pixels under itself. */
export const upsample2: Twin<'upsample2'> = {
  value: ({ inputs: [x], shape }) => {
    const [n, height, width, channels] = x.shape as [number, number, number, number];
    const wide = doubled(tf.reshape(x, [n * height * width, channels]));
    return tf.reshape(doubled(tf.reshape(wide, [n * height, 2 * width * channels])), [...shape]);
  },
};
