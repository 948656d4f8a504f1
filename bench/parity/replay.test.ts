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
test.each(FIXTURES)('%s: a run by the plan for processors is the PyTorch reference’s', async (name) => {
  const executor = await createProcessorExecutor(1);
  const { errors, edge, ok } = await replay(executor, name, await fixture(name));
  executor.dispose();
  expect({ ok, edge }).toEqual({ ok: true, edge: 0 });
  expect(Math.max(...Object.values(errors))).toBeLessThan(1e-4);
});

test.each(FIXTURES)('%s: a run on plain JavaScript is PyTorch’s, and its steps those of processors', async (name) => {
  const executor = await createProcessorExecutor(1);
  const { errors, ok } = await replay(executor, name, await fixture(name), { stepwise: true });
  executor.dispose();
  expect(ok).toBe(true);
  expect(errors.reference).toBeLessThan(1e-3);
  expect(Math.max(errors.losses, errors.tensors)).toBeLessThan(1e-4);
});

test.each([
  ['plain JavaScript', () => createTensorflowExecutor('cpu')],
  ['the plan for processors', () => createProcessorExecutor(1)],
])('a fixture with another picture swapped in fails on %s, so the comparison compares', async (_, open) => {
  const bytes = await fixture('moco-v2');
  const header = Number(new DataView(bytes).getBigUint64(0, true));
  // The first tensor of the file are the query views.
  new Uint8Array(bytes, 8 + header, 16 * 16 * 3).fill(0);
  const executor = await open();
  const result = await replay(executor, 'changed', bytes);
  executor.dispose();
  expect(result.ok).toBe(false);
});

test('a file that is no fixture is refused with its name', async () => {
  const executor = await createTensorflowExecutor('cpu');
  await expect(replay(executor, 'holiday.jpg', new ArrayBuffer(40))).rejects.toThrow(/holiday\.jpg/);
  executor.dispose();
});
