import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createProcessorExecutor } from '../../src/engine/processor/executor';
import { createTensorflowExecutor } from '../../src/engine/tensorflow/executor';
import { replay } from './replay';

const FIXTURES = ['moco-v1', 'moco-v2', 'moco-v2-symmetric', 'moco-v2-split-bn', 'simclr'];

async function fixture(name: string): Promise<ArrayBuffer> {
  const bytes = await readFile(new URL(`../../e2e/fixtures/${name}.safetensors`, import.meta.url));
  return new Uint8Array(bytes).buffer;
}

// Parity: the same weights and pictures through PyTorch and through the real step, optimizer, queue and momentum.
test.each(FIXTURES)('%s: losses, weights, statistics and queue equal the PyTorch reference', async (name) => {
  const executor = await createTensorflowExecutor('cpu');
  try {
    const result = await replay(executor, name, await fixture(name));
    expect(result.errors.losses).toBeLessThan(1e-4);
    expect(Math.max(result.errors.query, result.errors.key, result.errors.queue)).toBeLessThan(1e-3);
    expect(result.ok).toBe(true);
  } finally {
    executor.dispose();
  }
});

// A ReLU may fall on the other side of zero in a whole run: each step from the reference's state.
test.each(FIXTURES)('%s by the plan for processors: every step leaves what the reference leaves', async (name) => {
  const executor = await createProcessorExecutor(1);
  const { errors, ok } = await replay(executor, name, await fixture(name), { stepwise: true });
  executor.dispose();
  expect(ok).toBe(true);
  expect(Math.max(errors.losses, errors.tensors)).toBeLessThan(1e-4);
});

test('a fixture with another picture swapped in fails, so the comparison compares', async () => {
  const bytes = await fixture('simclr');
  const header = Number(new DataView(bytes).getBigUint64(0, true));
  // The first tensor of the file are the query views.
  new Uint8Array(bytes, 8 + header, 16 * 16 * 3).fill(0);
  const executor = await createTensorflowExecutor('cpu');
  const result = await replay(executor, 'changed', bytes);
  executor.dispose();
  expect(result.ok).toBe(false);
});

test('a file that is no fixture is refused with its name', async () => {
  const executor = await createTensorflowExecutor('cpu');
  await expect(replay(executor, 'holiday.jpg', new ArrayBuffer(40))).rejects.toThrow(/holiday\.jpg/);
  executor.dispose();
});
