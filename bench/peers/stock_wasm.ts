import * as tf from '@tensorflow/tfjs-core';
import { NEVER_LOST } from '../../src/engine/tensorflow/backends/open';
import { setOwnPaths } from '../../src/engine/tensorflow/backends/wasm';
import { createTensorflowExecutor } from '../../src/engine/tensorflow/executor';
import type { Opener } from '../work';
import { onExecutor } from './executor';

/** The app's graph by TensorFlow.js' own WebAssembly: none of our kernels, and as many threads as it chooses. */
export async function openStockWasm(): Promise<Opener> {
  setOwnPaths();
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js could not start its WebAssembly.');
  return onExecutor(
    await createTensorflowExecutor({ name: 'wasm', device: 'as it comes', software: false, lost: NEVER_LOST }),
  );
}
