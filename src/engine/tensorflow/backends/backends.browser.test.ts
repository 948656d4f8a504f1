import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../../core/fault';
import type { Executor } from '../../executor';
import { selfTest } from '../../self_test';
import { opCases } from '../../testing/cases';
import { complaints } from '../../testing/check';
import { createTensorflowExecutor } from '../executor';
import type { TensorflowBackend } from './open';

const BACKENDS: readonly TensorflowBackend[] = ['webgpu', 'webgl'];

/** Null where this machine does not have the backend: CI may lack WebGL. Anything else is a failure. */
const executors = await Promise.all(
  BACKENDS.map(async (backend) => ({
    backend,
    executor: await createTensorflowExecutor(backend).catch((cause: unknown) => {
      if (cause instanceof Fault) return null;
      throw cause;
    }),
  })),
);

/** WebGL compiles each shape anew, for a third of a second: one case of each kind. */
const ofEachKind = opCases.filter(
  ({ result }, i) => opCases.findIndex(({ result: other }) => other.kind === result.kind) === i,
);

/** Tensors alive after everything asked for so far. */
async function tensorsOf(executor: Executor): Promise<number> {
  await executor.read([]);
  return tf.memory().numTensors;
}

test('WebGPU is there', () => {
  expect(executors.find(({ backend }) => backend === 'webgpu')?.executor).not.toBeNull();
});

for (const { backend, executor } of executors) {
  if (!executor) continue;
  describe(backend, () => {
    test.each(backend === 'webgpu' ? opCases : ofEachKind)(
      '$name: value as defined, derivative as its differences',
      async (opCase) => {
        expect(await complaints(executor, opCase)).toEqual([]);
      },
    );

    test('a small step agrees with its definition, and leaks nothing', async () => {
      const before = await tensorsOf(executor);
      expect(await selfTest(executor)).toBeNull();
      expect(await tensorsOf(executor)).toBe(before);
    });
  });
}
