import { expect, test } from 'vitest';
import { PRETRAINED, type PretrainedName } from '../../src/core/pretrained';
import type { Executor } from '../../src/engine/executor';
import { openGraphics } from '../../src/engine/graphics';
import { createPlanExecutor } from '../../src/engine/plan/executor';
import { createProcessorExecutor } from '../../src/engine/processor/executor';
import { readStartWeights } from '../../src/learn/start';
import { replay } from './replay';

const { device } = await openGraphics();
const executors: [string, () => Promise<Executor>][] = [
  ['the plan for processors', () => createProcessorExecutor()],
  ['plan', async () => createPlanExecutor(device)],
];

const bytesAt = async (address: string): Promise<ArrayBuffer> => (await fetch(address)).arrayBuffer();
const bundled = async (name: PretrainedName) =>
  readStartWeights(name, await bytesAt(`/pretrained/${name}.safetensors`)).weights;

// Parity: the bundled weights and the same pictures through PyTorch and through the graph.
for (const [where, open] of executors)
  test.each(PRETRAINED)(
    `$title on ${where}: embeddings and all gradients equal the PyTorch reference`,
    async ({ name }) => {
      const executor = await open();
      const fixture = await bytesAt(new URL(`../../e2e/fixtures/${name}.safetensors`, import.meta.url).href);
      const result = await replay(executor, name, fixture, { bundled });
      executor.dispose();
      expect(result).toMatchObject({ ok: true });
      expect(result.errors.embeddings).toBeLessThan(1e-4);
    },
  );

test('a ReLU6 whose input is within rounding of zero is found, and the gradients are the reference’s with it turned over', async () => {
  const executor = await createProcessorExecutor();
  const fixture = await bytesAt(new URL('../../e2e/fixtures/mobilenet-v2-edge.safetensors', import.meta.url).href);
  const result = await replay(executor, 'edge', fixture, { bundled });
  executor.dispose();
  expect(result).toMatchObject({ ok: true, edge: 1 });
  expect(result.errors.gradients).toBeLessThan(1e-4);
});
