import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { pretrainedFile } from '../../bin/vite/pretrained';
import { readHeader } from '../../src/core/formats/safetensors_header';
import type { PretrainedName } from '../../src/core/pretrained';
import { createProcessorExecutor } from '../../src/engine/processor/executor';
import { readStartWeights } from '../../src/learn/start';
import { networkFixture } from './network_fixture';
import { replay } from './replay';

/** The network as it comes with the page. */
const bundled = async (name: PretrainedName) =>
  readStartWeights(name, new Uint8Array(pretrainedFile(name)).buffer).weights;

async function fixture(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(new URL('../../e2e/fixtures/mobilenet-v2.safetensors', import.meta.url)));
}

async function replayed(bytes: Uint8Array<ArrayBuffer>) {
  const executor = await createProcessorExecutor(1);
  try {
    return await replay(executor, 'mobilenet-v2', bytes.buffer, { bundled });
  } finally {
    executor.dispose();
  }
}

// Parity: the bundled weights and the same pictures through PyTorch and through the graph.
test('MobileNetV2: embeddings, and gradients of every weight and of the pictures, equal the PyTorch reference', async () => {
  const { errors, ok } = await replayed(await fixture());
  expect(errors.embeddings).toBeLessThan(1e-5);
  expect(errors.gradients).toBeLessThan(1e-4);
  expect(ok).toBe(true);
});

test('a fixture with another gradient fails, and it is named', async () => {
  const bytes = await fixture();
  const { entries, start } = readHeader(bytes.buffer);
  const one = entries.find(({ name }) => name === 'summary.block_3_expand');
  if (!one) throw new Error('the fixture has no such tensor');
  new DataView(bytes.buffer).setFloat32(start + one.begin, 0, true);
  expect(await replayed(bytes)).toMatchObject({ ok: false, worst: 'block_3_expand.weight' });
});

test('a network that does not come with the page is named', async () => {
  const settings = { config: JSON.stringify({ net: 'vgg', side: 64, seed: 0 }) };
  expect(() => networkFixture('other', settings, new Map())).toThrow(/vgg/);
});
