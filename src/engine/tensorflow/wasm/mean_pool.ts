import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { MEAN_POOL } from '../fused';
import { sumsByRows } from './channels';
import { addressOf } from './linked';

// tfjs-backend-wasm 4.22 turns the activations around to take this mean, and sums it in one chain.

export const meanPool: KernelConfig = {
  kernelName: MEAN_POOL,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend }) => {
    const wasm = backend as BackendWasm;
    const { x } = inputs as { x: TensorInfo };
    const [n, height, width, channels] = x.shape;
    const pixels = height * width;
    const sums = sumsByRows(wasm, { address: addressOf(wasm, x), rows: n * pixels, channels }, pixels);
    const out = wasm.makeOutput([n, channels], 'float32');
    (wasm.typedArrayFromHeap(out) as Float32Array).set(sums.map((sum) => sum / pixels));
    return out;
  },
};
