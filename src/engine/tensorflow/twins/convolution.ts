import * as tf from '@tensorflow/tfjs-core';
import type { Kinds, Shape } from '../../../graph/tensor';
import { gradientsOf, type Twin } from '../twin';

const pictures = (x: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;

/** What the kernels of both convolutions are asked. */
export const geometry = ({
  stride,
  padding: [top, bottom, left, right],
}: Pick<Kinds['conv2d'], 'stride' | 'padding'>) => ({
  strides: [stride, stride] as [number, number],
  pad: [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ] as tf.backend_util.ExplicitPadding,
  dataFormat: 'NHWC' as const,
  dilations: [1, 1] as [number, number],
});

const run = (kernel: string, inputs: tf.NamedTensorMap, attributes: object): tf.Tensor =>
  tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;

/**
 * dw [h, w, I, O] as a convolution of each picture, channels for pictures, by its dy: TensorFlow.js's own kernel takes forty times as
 * long in plain JavaScript. One over all pictures would lose digits, in one long sum of single precision.
 */
function filterGradient(x: tf.Tensor, dy: tf.Tensor, { stride, padding }: Kinds['conv2d'], shape: Shape): tf.Tensor {
  const [height, width, inner, outer] = shape;
  const { pad } = geometry({ stride, padding });
  const single = (of: tf.Tensor, n: number) => tf.slice(pictures(of), [n, 0, 0, 0], [1, -1, -1, -1]);
  const each = Array.from({ length: x.shape[0] }, (_, n) => {
    const [channels, filters] = [tf.transpose(single(x, n), [3, 1, 2, 0]), tf.transpose(single(dy, n), [1, 2, 0, 3])];
    return tf.slice(tf.conv2d(channels, filters, 1, pad, 'NHWC', stride), [0, 0, 0, 0], [inner, height, width, outer]);
  });
  return tf.transpose(tf.sum(tf.stack(each), 0), [1, 2, 0, 3]);
}

/** TensorFlow.js has the derivatives as kernels, and no public function for them. */
export const conv2d: Twin<'conv2d'> = {
  value: ({ attributes, inputs: [x, weights] }) => {
    const { strides, pad } = geometry(attributes);
    return tf.conv2d(pictures(x), pictures(weights), strides, pad);
  },
  gradients: ({ attributes, inputs: [x, weights], dy, needs }) =>
    gradientsOf(
      needs,
      () => run(tf.Conv2DBackpropInput, { dy, filter: weights }, { ...geometry(attributes), inputShape: x.shape }),
      () => filterGradient(x, dy, attributes, weights.shape),
    ),
};

/** dx of a depthwise convolution of x [N, H, W, C]. */
export const depthwiseInputGradient = (
  dy: tf.Tensor,
  weights: tf.Tensor,
  attributes: Kinds['depthwiseConv2d'],
  inputShape: number[],
): tf.Tensor =>
  run(tf.DepthwiseConv2dNativeBackpropInput, { dy, filter: weights }, { ...geometry(attributes), inputShape });

export const depthwiseConv2d: Twin<'depthwiseConv2d'> = {
  value: ({ attributes, inputs: [x, weights] }) => {
    const { strides, pad } = geometry(attributes);
    return tf.depthwiseConv2d(pictures(x), pictures(weights), strides, pad);
  },
  gradients: ({ attributes, inputs: [x, weights], dy, needs }) =>
    gradientsOf(
      needs,
      () => depthwiseInputGradient(dy, weights, attributes, x.shape),
      () =>
        run(tf.DepthwiseConv2dNativeBackpropFilter, { x, dy }, { ...geometry(attributes), filterShape: weights.shape }),
    ),
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
  gradients: ({ inputs: [x], dy, needs }) =>
    gradientsOf(needs, () => {
      const [n, height, width, channels] = x.shape as [number, number, number, number];
      const wide = halvesAdded(tf.reshape(dy, [n * height, 4 * width * channels]));
      return tf.reshape(halvesAdded(tf.reshape(wide, [n * height * width, 2 * channels])), x.shape);
    }),
};
