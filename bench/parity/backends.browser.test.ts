import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { createTensorflowExecutor } from '../../src/engine/tensorflow/executor';
import { linkKernels } from '../../src/engine/tensorflow/wasm/linked';
import { opCases } from '../../src/engine/testing/cases';
import { complaints } from '../../src/engine/testing/check';

const executor = await createTensorflowExecutor('wasm');
const cases = opCases.filter(({ name }) => /conv|norm|moments/i.test(name));

// Whatever a machine offers, the kernels work on one thread, on two and on four.
test.each([1, 4, 2])('on %i threads every kernel of ours computes its definition', async (threads) => {
  expect(await linkKernels(tf.findBackend('wasm') as BackendWasm, threads)).toMatchObject({ threads });
  for (const opCase of cases) expect(await complaints(executor, opCase)).toEqual([]);
});
