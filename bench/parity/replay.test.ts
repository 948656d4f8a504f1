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

// Parity: the same weights and pictures through PyTorch and through the real step, optimizer, queue and momentum. On plain JavaScript
// the whole run is PyTorch's; a ReLU may fall on the other side of zero in another's, which takes each step from that state.
test.each(FIXTURES)('%s: a run is the PyTorch reference’s, and every step by the plan for processors', async (name) => {
  const executor = await createProcessorExecutor(1);
  const { errors, ok } = await replay(executor, name, await fixture(name), { stepwise: true });
  executor.dispose();
  expect(ok).toBe(true);
  expect(errors.reference).toBeLessThan(1e-3);
  expect(Math.max(errors.losses, errors.tensors)).toBeLessThan(1e-4);
});

test('a fixture with another picture swapped in fails, so the comparison compares', async () => {
  const bytes = await fixture('moco-v2');
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
