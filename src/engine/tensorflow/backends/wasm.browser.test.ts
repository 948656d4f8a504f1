import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { Fault } from '../../../core/fault';
import { openBackend } from './open';

test('what does not fit into its memory is a fault, and what fits works on', async () => {
  const { device } = await openBackend('wasm');
  expect(device).toMatch(/^(one thread|\d+ threads), SIMD$/);
  const backend = tf.findBackend('wasm') as BackendWasm;
  // More than half of the four gigabytes that an address reaches; nothing is written there.
  const allocate = () => backend.makeOutput([600_000_000], 'float32');
  const { dataId } = allocate();
  expect(allocate).toThrow(Fault);
  expect(allocate).toThrow('no memory left');
  backend.disposeData(dataId);
  await tf.setBackend('wasm');
  expect(await tf.add(tf.ones([1000]), 1).data()).toEqual(new Float32Array(1000).fill(2));
});
