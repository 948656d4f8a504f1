import * as tf from '@tensorflow/tfjs-core';
import { sharing } from '../sharing';
import { gradientsOf, type Twin } from '../twin';

/** Y = X W, or X W' with transposeRight. */
export const matMul: Twin<'matMul'> = {
  value: ({ attributes, inputs: [x, w] }) => tf.matMul(x, w, false, attributes.transposeRight),
};

/** The right side may be of lower rank: it is added to every row. */
export const add: Twin<'add'> = {
  value: ({ inputs: [left, right] }) => tf.add(left, right),
};

export const relu: Twin<'relu'> = {
  value: ({ inputs: [x] }) => tf.relu(x),
  gradients: ({ value, dy, needs }) => gradientsOf(needs, () => tf.mul(dy, tf.step(value))),
};

/** Constant below 0 and above 6, there as in PyTorch: at 6 itself too. */
export const relu6: Twin<'relu6'> = {
  value: ({ inputs: [x] }) => tf.relu6(x),
  gradients: ({ value, dy, needs }) =>
    gradientsOf(needs, () => tf.mul(dy, tf.mul(tf.step(value), tf.step(tf.sub(6, value))))),
};

export const scale: Twin<'scale'> = {
  value: ({ attributes, inputs: [x] }) => tf.mul(x, attributes.factor),
};

export const addScaled: Twin<'addScaled'> = {
  value: ({ attributes, inputs: [left, right], numbers }) =>
    tf.add(left, tf.mul(right, attributes.factor ?? numbers[0])),
};

export const mul: Twin<'mul'> = {
  value: ({ inputs: [left, right] }) => tf.mul(left, right),
};

/** The exponential is its own derivative. */
export const exp: Twin<'exp'> = {
  value: ({ inputs: [x] }) => tf.exp(x),
  gradients: ({ value, dy, needs }) => gradientsOf(needs, () => tf.mul(dy, value)),
};

/** left (1 - t) + right t. */
export const blend: Twin<'blend'> = {
  value: ({ attributes, inputs: [left, right], numbers }) => {
    const weight = attributes.weight ?? numbers[0];
    return tf.add(tf.mul(left, 1 - weight), tf.mul(right, weight));
  },
};

export const mean: Twin<'mean'> = {
  value: ({ inputs: [x] }) => tf.mean(x),
};

export const stopGradient: Twin<'stopGradient'> = {
  value: ({ inputs: [x] }) => sharing(x),
};

/** x / n with n = max(|x|, 1e-12); dx = (dy - y (dy . y)) / n, without the second term where n is the bound. */
export const unitRows: Twin<'unitRows'> = {
  value: ({ inputs: [x] }) => tf.div(x, tf.maximum(lengths(x), SHORTEST)),
  gradients: ({ inputs: [x], value: y, dy, needs }) =>
    gradientsOf(needs, () => {
      const length = lengths(x);
      const along = tf.mul(tf.sum(tf.mul(dy, y), 1, true), tf.cast(tf.greater(length, SHORTEST), 'float32'));
      return tf.div(tf.sub(dy, tf.mul(y, along)), tf.maximum(length, SHORTEST));
    }),
};

const SHORTEST = 1e-12;
const lengths = (x: tf.Tensor): tf.Tensor => tf.sqrt(tf.sum(tf.square(x), 1, true));

export const rowDot: Twin<'rowDot'> = {
  value: ({ inputs: [a, b] }) => tf.sum(tf.mul(a, b), 1, true),
};
