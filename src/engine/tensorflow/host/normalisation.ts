import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { CHANNEL_MOMENTS, CHANNEL_NORM, CHANNEL_NORM_GRADIENT } from '../fused';
import { hostKernel, type Numbers } from './memory';

// Batch norm in plain loops. As TensorFlow.js ops it is a dozen kernels, each with a transpose of the activations (sums
// over all but the channels) or an index computation an element (broadcasts on the cpu backend).

/** Rows a group, and channels, of x [N, ..., C]. */
function layout({ shape }: TensorInfo, groups: number): { rows: number; channels: number } {
  const channels = shape[shape.length - 1];
  return { rows: shape.reduce((a, b) => a * b, 1) / channels / groups, channels };
}

/** x [groups, M, C] -> [groups, 2, C], in two passes: the variance of values far from 0 is not the difference of two squares. */
function moments(x: Numbers, out: Numbers, groups: number, rows: number, channels: number): void {
  const sum = new Float64Array(channels);
  for (let group = 0; group < groups; group++) {
    const [begin, end] = [group * rows * channels, (group + 1) * rows * channels];
    const mean = out.subarray(2 * group * channels, (2 * group + 1) * channels);
    sum.fill(0);
    for (let at = begin; at < end; at += channels) for (let c = 0; c < channels; c++) sum[c] += x[at + c];
    for (let c = 0; c < channels; c++) mean[c] = sum[c] / rows;
    sum.fill(0);
    for (let at = begin; at < end; at += channels)
      for (let c = 0; c < channels; c++) {
        const away = x[at + c] - mean[c];
        sum[c] += away * away;
      }
    for (let c = 0; c < channels; c++) out[(2 * group + 1) * channels + c] = sum[c] / rows;
  }
}

/** One vector a group: 1 / sqrt(variance + epsilon). */
function inverses(ofX: Numbers, groups: number, channels: number, epsilon: number): Float64Array {
  const inverse = new Float64Array(groups * channels);
  for (let group = 0; group < groups; group++)
    for (let c = 0; c < channels; c++)
      inverse[group * channels + c] = 1 / Math.sqrt(ofX[(2 * group + 1) * channels + c] + epsilon);
  return inverse;
}

interface Normed {
  x: Numbers;
  ofX: Numbers;
  gamma: Numbers;
  inverse: Float64Array;
  groups: number;
  rows: number;
  channels: number;
}

/** gamma (x - mean) / s + beta. */
function norm({ x, ofX, gamma, inverse, groups, rows, channels }: Normed, beta: Numbers, y: Numbers): void {
  for (let group = 0; group < groups; group++) {
    const mean = ofX.subarray(2 * group * channels, (2 * group + 1) * channels);
    const gain = inverse.slice(group * channels, (group + 1) * channels).map((factor, c) => factor * gamma[c]);
    const [begin, end] = [group * rows * channels, (group + 1) * rows * channels];
    for (let at = begin; at < end; at += channels)
      for (let c = 0; c < channels; c++) y[at + c] = (x[at + c] - mean[c]) * gain[c] + beta[c];
  }
}

/** dx, and [2, C] with d beta and d gamma. */
function normGradient(
  { x, ofX, gamma, inverse, groups, rows, channels }: Normed,
  dy: Numbers,
  dx: Numbers,
  sums: Numbers,
) {
  const [sum, along, total] = [new Float64Array(channels), new Float64Array(channels), new Float64Array(2 * channels)];
  for (let group = 0; group < groups; group++) {
    const mean = ofX.subarray(2 * group * channels, (2 * group + 1) * channels);
    const factor = inverse.subarray(group * channels, (group + 1) * channels);
    const [begin, end] = [group * rows * channels, (group + 1) * rows * channels];
    sum.fill(0);
    along.fill(0);
    for (let at = begin; at < end; at += channels)
      for (let c = 0; c < channels; c++) {
        sum[c] += dy[at + c];
        along[c] += dy[at + c] * (x[at + c] - mean[c]);
      }
    for (let c = 0; c < channels; c++) {
      along[c] *= factor[c];
      total[c] += sum[c];
      total[channels + c] += along[c];
      sum[c] /= rows;
      along[c] *= factor[c] / rows;
    }
    for (let at = begin; at < end; at += channels)
      for (let c = 0; c < channels; c++)
        dx[at + c] = (dy[at + c] - sum[c] - (x[at + c] - mean[c]) * along[c]) * factor[c] * gamma[c];
  }
  sums.set(total);
}

export const normalisationKernels: readonly KernelConfig[] = [
  hostKernel(CHANNEL_MOMENTS, (memory, { x }, attributes) => {
    const groups = attributes.groups as number;
    const { rows, channels } = layout(x, groups);
    const out = memory.allocate([groups, 2, channels]);
    moments(memory.read(x), memory.read(out), groups, rows, channels);
    return out;
  }),
  hostKernel(CHANNEL_NORM, (memory, { x, ofX, gamma, beta }, attributes) => {
    const out = memory.allocate(x.shape);
    norm(normed(memory.read, x, ofX, gamma, attributes.epsilon as number), memory.read(beta), memory.read(out));
    return out;
  }),
  hostKernel(CHANNEL_NORM_GRADIENT, (memory, { x, ofX, gamma, dy }, attributes) => {
    const dx = memory.allocate(x.shape);
    const sums = memory.allocate([2, gamma.shape[0]]);
    const given = normed(memory.read, x, ofX, gamma, attributes.epsilon as number);
    normGradient(given, memory.read(dy), memory.read(dx), memory.read(sums));
    return [dx, sums];
  }),
];

function normed(
  read: (tensor: TensorInfo) => Numbers,
  x: TensorInfo,
  ofX: TensorInfo,
  gamma: TensorInfo,
  epsilon: number,
): Normed {
  const groups = ofX.shape[0];
  const { rows, channels } = layout(x, groups);
  const inverse = inverses(read(ofX), groups, channels, epsilon);
  return { x: read(x), ofX: read(ofX), gamma: read(gamma), inverse, groups, rows, channels };
}
