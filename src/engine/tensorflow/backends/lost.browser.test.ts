import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { Fault } from '../../../core/fault';
import { scale } from '../../../graph/ops/arithmetic';
import { variable } from '../../../graph/ops/leaves';
import { findAdapter } from '../../graphics';
import { createTensorflowExecutor } from '../executor';

// Larger than what TensorFlow.js computes on the processor in passing.
const shape = [64, 64];
const doubled = { name: 'double', outputs: { a: scale(variable('a', shape), 2) }, updates: {} };
const values = { a: { shape, data: new Float32Array(4096).fill(1) } };
const twos = new Float32Array(4096).fill(2);

test.runIf(await findAdapter())('a lost device is a fault for those who wait, and a new one can be had', async () => {
  const executor = await createTensorflowExecutor('webgpu');
  executor.write(values);
  const executable = await executor.compile(doubled);
  expect((await executable.run({})).a).toEqual(twos);

  (tf.findBackend('webgpu') as WebGPUBackend).device.destroy();
  const fault = await executable.run({}).catch((cause: unknown) => cause);
  expect(fault).toBeInstanceOf(Fault);
  expect(fault).toMatchObject({ kind: 'device', message: expect.stringContaining('was lost') });
  await expect(executor.read(['a'])).rejects.toBe(fault);

  const again = await createTensorflowExecutor('webgpu');
  again.write(values);
  expect((await (await again.compile(doubled)).run({})).a).toEqual(twos);
});
