import * as tf from '@tensorflow/tfjs-core';
import { gradientsOf, type Twin } from '../twin';

/** x [N, ..., C] as [groups, M, C]. */
const grouped = (x: tf.Tensor, groups: number): tf.Tensor3D =>
  tf.reshape(x, [groups, -1, x.shape[x.rank - 1] as number]);

/** Row 0 (means) or 1 (variances) of moments [groups, 2, C], as [groups, 1, C]. */
const row = (ofX: tf.Tensor, index: 0 | 1): tf.Tensor3D =>
  tf.slice(ofX as tf.Tensor3D, [0, index, 0], [ofX.shape[0] as number, 1, ofX.shape[2] as number]);

/** Two passes: the variance of values far from zero would be lost in E[x^2] - E[x]^2. */
export const moments: Twin<'moments'> = {
  value: ({ attributes: { groups }, inputs: [x] }) => {
    const values = grouped(x, groups);
    const mean = tf.mean(values, 1, true);
    const variance = tf.mean(tf.square(tf.sub(values, mean)), 1, true);
    return tf.concat([mean, variance], 1);
  },
};

/** sqrt(variance + epsilon). Divided by, not rsqrt: WGSL's is off by two units in the last place, and signs flip. */
const deviation = (variance: tf.Tensor, epsilon: number): tf.Tensor => tf.sqrt(tf.add(variance, epsilon));

/** gamma / s. */
const gain = (variance: tf.Tensor, gamma: tf.Tensor, epsilon: number): tf.Tensor =>
  tf.div(gamma, deviation(variance, epsilon));

/**
 * y = gamma h + beta with h = (x - mean) / s, s = sqrt(variance + epsilon). Derivative in closed form, through the
 * moments as well (Ioffe & Szegedy 2015, section 3): dx = gamma / s (dy - mean(dy) - h mean(dy h)), means over the group.
 */
export const batchNorm: Twin<'batchNorm'> = {
  value: ({ attributes: { epsilon }, inputs: [x, ofX, gamma, beta] }) => {
    // The mean is taken off first: folded into the shift, it would cost the digits that decide the sign of values near 0.
    const away = tf.sub(grouped(x, ofX.shape[0] as number), row(ofX, 0));
    return tf.reshape(tf.add(tf.mul(away, gain(row(ofX, 1), gamma, epsilon)), beta), x.shape);
  },
  gradients: ({ attributes: { epsilon }, inputs: [x, ofX, gamma], dy, needs }) => {
    const groups = ofX.shape[0] as number;
    const [values, gradient] = [grouped(x, groups), grouped(dy, groups)];
    const count = values.shape[1];
    const inverse = tf.div(1, deviation(row(ofX, 1), epsilon)); // [groups, 1, C]
    const unit = tf.mul(tf.sub(values, row(ofX, 0)), inverse); // [groups, M, C]
    const sum = tf.sum(gradient, 1, true); // [groups, 1, C]
    const sumUnit = tf.sum(tf.mul(gradient, unit), 1, true);
    const [dx] = gradientsOf(needs, () => {
      const away = tf.sub(tf.sub(gradient, tf.div(sum, count)), tf.mul(unit, tf.div(sumUnit, count)));
      return tf.reshape(tf.mul(away, tf.mul(inverse, gamma)), x.shape);
    });
    return [dx, null, needs[2] ? tf.sum(sumUnit, [0, 1]) : null, needs[3] ? tf.sum(sum, [0, 1]) : null];
  },
};

/** The same with mean and variance fixed. */
export const frozenNorm: Twin<'frozenNorm'> = {
  value: ({ attributes: { epsilon }, inputs: [x, mean, variance, gamma, beta] }) =>
    tf.add(tf.mul(tf.sub(x, mean), gain(variance, gamma, epsilon)), beta),
};

export const poolMoments: Twin<'poolMoments'> = {
  value: ({ attributes: { row: index, factor }, inputs: [ofX] }) => tf.mul(tf.mean(row(ofX, index), [0, 1]), factor),
};
