import { expect, test } from 'vitest';
import { mean } from '../graph/ops/arithmetic';
import { variable } from '../graph/ops/leaves';
import { keepsHalf } from './precision';
import { createTensorflowExecutor } from './tensorflow/executor';

test('half precision takes the feature of that name', () => {
  expect(keepsHalf({ features: new Set(['shader-f16']) })).toBe(true);
  expect(keepsHalf({ features: new Set(['timestamp-query']) })).toBe(false);
});

test('the reference refuses a program of half precision, and takes it in full', async () => {
  const executor = await createTensorflowExecutor('cpu');
  const program = { name: 'mean', outputs: { y: mean(variable('x', [2])) }, updates: {} };
  await expect(executor.compile({ ...program, precision: 'half' })).rejects.toMatchObject({
    kind: 'device',
    message: expect.stringContaining('does not keep activations in half precision'),
    advice: expect.stringContaining('full precision'),
  });
  (await executor.compile({ ...program, precision: 'full' })).dispose();
  executor.dispose();
});
