import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { CHANNEL_MOMENTS, CHANNEL_NORM, CHANNEL_NORM_SLOPE } from '../fused';
import { addressOf, routinesOf } from './linked';

// Batch norm in vector loops. As TensorFlow.js ops it takes a dozen passes over the activations, some through a transpose.

/** Rows whose sums are single precision; those of the blocks are added up in double. */
const BLOCK = 16;
const FLOAT = 4;

interface Layout {
  groups: number;
  /** Rows of a group. */
  rows: number;
  channels: number;
}

function layoutOf({ shape }: TensorInfo, groups: number): Layout {
  const channels = shape[shape.length - 1];
  if (channels % 4 !== 0) throw new Error(`batch norm: ${channels} channels, not four times some`);
  return { groups, rows: shape.reduce((a, b) => a * b, 1) / channels / groups, channels };
}

/** Vectors [C] that one call works with, in memory of TensorFlow.js's heap that is given back at the end. */
class Scratch {
  private readonly tensor: TensorInfo;
  private readonly base: number;

  constructor(
    private readonly wasm: BackendWasm,
    vectors: number,
    private readonly channels: number,
  ) {
    this.tensor = wasm.makeOutput([vectors, channels], 'float32');
    this.base = addressOf(wasm, this.tensor);
  }

  at(vector: number): number {
    return this.base + FLOAT * vector * this.channels;
  }

  /** A view, until the next allocation. */
  vector(index: number): Float32Array {
    return (this.wasm.typedArrayFromHeap(this.tensor) as Float32Array).subarray(
      index * this.channels,
      (index + 1) * this.channels,
    );
  }

  dispose(): void {
    this.wasm.disposeData(this.tensor.dataId);
  }
}

/** Calls `add` for blocks of rows of one group and adds up, in double, what it leaves in these vectors. */
function blockSums(
  { rows, channels }: Layout,
  vectors: readonly Float32Array[],
  add: (firstRow: number, rows: number) => void,
): Float64Array[] {
  const totals = vectors.map(() => new Float64Array(channels));
  for (let first = 0; first < rows; first += BLOCK) {
    add(first, Math.min(BLOCK, rows - first));
    totals.forEach((total, i) => {
      for (let c = 0; c < channels; c++) total[c] += vectors[i][c];
    });
  }
  return totals;
}

const channelMoments: KernelConfig = {
  kernelName: CHANNEL_MOMENTS,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs = {} }) => {
    const wasm = backend as BackendWasm;
    const { x } = inputs as { x: TensorInfo };
    const layout = layoutOf(x, attrs.groups as number);
    const { groups, rows, channels } = layout;
    const out = wasm.makeOutput([groups, 2, channels], 'float32');
    const scratch = new Scratch(wasm, 1, channels);
    const { rowSums, squareSums } = routinesOf(wasm);
    const values = wasm.typedArrayFromHeap(out) as Float32Array;
    for (let group = 0; group < groups; group++) {
      const first = addressOf(wasm, x) + FLOAT * group * rows * channels;
      const mean = addressOf(wasm, out) + FLOAT * 2 * group * channels;
      const at = (row: number) => first + FLOAT * row * channels;
      const [sum] = blockSums(layout, [scratch.vector(0)], (row, count) =>
        rowSums(at(row), scratch.at(0), count, channels),
      );
      for (let c = 0; c < channels; c++) values[2 * group * channels + c] = sum[c] / rows;
      const [squares] = blockSums(layout, [scratch.vector(0)], (row, count) =>
        squareSums(at(row), mean, scratch.at(0), count, channels),
      );
      for (let c = 0; c < channels; c++) values[(2 * group + 1) * channels + c] = squares[c] / rows;
    }
    scratch.dispose();
    return out;
  },
};

const channelNorm: KernelConfig = {
  kernelName: CHANNEL_NORM,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs = {} }) => {
    const wasm = backend as BackendWasm;
    const { x, ofX, gamma, beta } = inputs as Record<string, TensorInfo>;
    const { groups, rows, channels } = layoutOf(x, ofX.shape[0]);
    const y = wasm.makeOutput(x.shape, 'float32');
    const scratch = new Scratch(wasm, 1, channels);
    const [moments, factor] = [ofX, gamma].map((tensor) => wasm.typedArrayFromHeap(tensor));
    const gain = scratch.vector(0);
    for (let group = 0; group < groups; group++) {
      for (let c = 0; c < channels; c++)
        gain[c] = factor[c] / Math.sqrt(moments[(2 * group + 1) * channels + c] + (attrs.epsilon as number));
      const offset = FLOAT * group * rows * channels;
      const mean = addressOf(wasm, ofX) + FLOAT * 2 * group * channels;
      const [from, to] = [addressOf(wasm, x) + offset, addressOf(wasm, y) + offset];
      routinesOf(wasm).normaliseRows(from, mean, scratch.at(0), addressOf(wasm, beta), to, rows, channels);
    }
    scratch.dispose();
    return y;
  },
};

/** dx = gain (dy - mean(dy) - (x - mean) mean(dy (x - mean)) / s^2), gain = gamma / s. */
const channelNormSlope: KernelConfig = {
  kernelName: CHANNEL_NORM_SLOPE,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs = {} }) => {
    const wasm = backend as BackendWasm;
    const { x, ofX, gamma, dy } = inputs as Record<string, TensorInfo>;
    const layout = layoutOf(x, ofX.shape[0]);
    const { groups, rows, channels } = layout;
    const dx = wasm.makeOutput(x.shape, 'float32');
    const sums = wasm.makeOutput([2, channels], 'float32');
    const scratch = new Scratch(wasm, 3, channels);
    const [moments, factor] = [ofX, gamma].map((tensor) => wasm.typedArrayFromHeap(tensor));
    const { slopeSums, slopeRows } = routinesOf(wasm);
    const total = new Float64Array(2 * channels);
    const [level, tilt, gain] = [0, 1, 2].map((i) => scratch.vector(i));
    for (let group = 0; group < groups; group++) {
      const offset = FLOAT * group * rows * channels;
      const mean = addressOf(wasm, ofX) + FLOAT * 2 * group * channels;
      const [atX, atDy, atDx] = [x, dy, dx].map((tensor) => addressOf(wasm, tensor) + offset);
      const [sum, along] = blockSums(layout, [level, tilt], (row, count) => {
        const skip = FLOAT * row * channels;
        slopeSums(atX + skip, atDy + skip, mean, scratch.at(0), scratch.at(1), count, channels);
      });
      for (let c = 0; c < channels; c++) {
        const variance = moments[(2 * group + 1) * channels + c] + (attrs.epsilon as number);
        total[c] += sum[c];
        total[channels + c] += along[c] / Math.sqrt(variance);
        level[c] = sum[c] / rows;
        tilt[c] = along[c] / rows / variance;
        gain[c] = factor[c] / Math.sqrt(variance);
      }
      slopeRows(atX, atDy, mean, scratch.at(0), scratch.at(1), scratch.at(2), atDx, rows, channels);
    }
    (wasm.typedArrayFromHeap(sums) as Float32Array).set(total);
    scratch.dispose();
    return [dx, sums];
  },
};

export const normalisation: readonly KernelConfig[] = [channelMoments, channelNorm, channelNormSlope];
