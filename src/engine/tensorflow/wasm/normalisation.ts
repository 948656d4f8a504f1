import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { CHANNEL_MOMENTS, CHANNEL_NORM, CHANNEL_NORM_GRADIENT } from '../fused';
import { FINISH, gradientsOf, normaliseRows, normGradientRows, squaresOf, sumsOf, Vectors } from './channels';
import { addressOf } from './linked';

// Batch norm in vector loops. As TensorFlow.js ops it takes a dozen passes over the activations, some through a transpose.

const FLOAT = 4;

/** Rows of one group. */
function layoutOf({ shape }: TensorInfo, groups: number): { rows: number; channels: number } {
  const channels = shape[shape.length - 1];
  return { rows: shape.reduce((a, b) => a * b, 1) / channels / groups, channels };
}

const channelMoments: KernelConfig = {
  kernelName: CHANNEL_MOMENTS,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs = {} }) => {
    const wasm = backend as BackendWasm;
    const { x } = inputs as { x: TensorInfo };
    const groups = attrs.groups as number;
    const { rows, channels } = layoutOf(x, groups);
    const out = wasm.makeOutput([groups, 2, channels], 'float32');
    // Asked for anew after every allocation, which may have made the memory larger.
    const values = () => wasm.typedArrayFromHeap(out) as Float32Array;
    for (let group = 0; group < groups; group++) {
      const at = 2 * group * channels;
      const part = { address: addressOf(wasm, x) + FLOAT * group * rows * channels, rows, channels };
      const mean = sumsOf(wasm, part).map((sum) => sum / rows);
      values().set(mean, at);
      const squares = squaresOf(wasm, part, addressOf(wasm, out) + FLOAT * at);
      values().set(
        squares.map((sum) => sum / rows),
        at + channels,
      );
    }
    return out;
  },
};

const channelNorm: KernelConfig = {
  kernelName: CHANNEL_NORM,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs = {} }) => {
    const wasm = backend as BackendWasm;
    const { x, ofX, gamma, beta } = inputs as Record<string, TensorInfo>;
    const groups = ofX.shape[0];
    const { rows, channels } = layoutOf(x, groups);
    const y = wasm.makeOutput(x.shape, 'float32');
    const vectors = new Vectors(wasm, 1, channels);
    const [moments, factor] = [ofX, gamma].map((tensor) => wasm.typedArrayFromHeap(tensor));
    const gain = vectors.vector(0);
    for (let group = 0; group < groups; group++) {
      for (let c = 0; c < channels; c++)
        gain[c] = factor[c] / Math.sqrt(moments[(2 * group + 1) * channels + c] + (attrs.epsilon as number));
      const offset = FLOAT * group * rows * channels;
      normaliseRows(wasm, { address: addressOf(wasm, x) + offset, rows, channels }, addressOf(wasm, y) + offset, {
        flags: FINISH.norm,
        mean: addressOf(wasm, ofX) + FLOAT * 2 * group * channels,
        gain: vectors.at(0),
        beta: addressOf(wasm, beta),
        residual: 0,
      });
    }
    vectors.dispose();
    return y;
  },
};

/** dx = gain (dy - mean(dy) - (x - mean) mean(dy (x - mean)) / s^2), gain = gamma / s. */
const channelNormGradient: KernelConfig = {
  kernelName: CHANNEL_NORM_GRADIENT,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs = {} }) => {
    const wasm = backend as BackendWasm;
    const { x, ofX, gamma, dy } = inputs as Record<string, TensorInfo>;
    const groups = ofX.shape[0];
    const { rows, channels } = layoutOf(x, groups);
    const dx = wasm.makeOutput(x.shape, 'float32');
    const sums = wasm.makeOutput([2, channels], 'float32');
    const vectors = new Vectors(wasm, 3, channels);
    const total = new Float64Array(2 * channels);
    for (let group = 0; group < groups; group++) {
      const offset = FLOAT * group * rows * channels;
      const mean = addressOf(wasm, ofX) + FLOAT * 2 * group * channels;
      const [atX, atDy, atDx] = [x, dy, dx].map((tensor) => addressOf(wasm, tensor) + offset);
      const along = gradientsOf(wasm, { address: atX, rows, channels }, mean, atDy);
      const [moments, factor] = [ofX, gamma].map((tensor) => wasm.typedArrayFromHeap(tensor));
      const [level, tilt, gain] = [0, 1, 2].map((i) => vectors.vector(i));
      for (let c = 0; c < channels; c++) {
        const variance = moments[(2 * group + 1) * channels + c] + (attrs.epsilon as number);
        total[c] += along[c];
        total[channels + c] += along[channels + c] / Math.sqrt(variance);
        level[c] = along[c] / rows;
        tilt[c] = along[channels + c] / rows / variance;
        gain[c] = factor[c] / Math.sqrt(variance);
      }
      const through = { x: atX, mean, level: vectors.at(0), tilt: vectors.at(1) };
      normGradientRows(wasm, { address: atDy, rows, channels }, atDx, vectors.at(2), through);
    }
    (wasm.typedArrayFromHeap(sums) as Float32Array).set(total);
    vectors.dispose();
    return [dx, sums];
  },
};

export const normalisation: readonly KernelConfig[] = [channelMoments, channelNorm, channelNormGradient];
