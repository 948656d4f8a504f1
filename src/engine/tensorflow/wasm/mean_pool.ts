import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { MEAN_POOL } from '../fused';
import { addressOf, routinesOf } from './linked';

// tfjs-backend-wasm 4.22 turns the activations around to take this mean, and sums it in one chain.

/** Rows of a picture are summed by themselves, then their sums in double. */
export const meanPool: KernelConfig = {
  kernelName: MEAN_POOL,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const wasm = backend as BackendWasm;
    const { x } = inputs as { x: TensorInfo };
    const [n, height, width, channels] = x.shape;
    if (channels % 4 !== 0) throw new Error(`meanPool: ${channels} channels, not fours`);
    const out = wasm.makeOutput([n, channels], 'float32');
    const sums = wasm.makeOutput([height, channels], 'float32');
    const { rowSums } = routinesOf(wasm);
    const [values, bySum] = [out, sums].map((tensor) => wasm.typedArrayFromHeap(tensor) as Float32Array);
    const [atX, atSums] = [x, sums].map((tensor) => addressOf(wasm, tensor));
    for (let picture = 0; picture < n; picture++) {
      for (let row = 0; row < height; row++)
        rowSums(atX + 4 * (picture * height + row) * width * channels, atSums + 4 * row * channels, width, channels);
      for (let c = 0; c < channels; c++) {
        let total = 0;
        for (let row = 0; row < height; row++) total += bySum[row * channels + c];
        values[picture * channels + c] = total / (height * width);
      }
    }
    wasm.disposeData(sums.dataId);
    return out;
  },
};
