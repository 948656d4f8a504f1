import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSafetensors } from '../../src/core/formats/safetensors';
import { PRETRAINED } from '../../src/core/pretrained';
import { createTensorflowExecutor } from '../../src/engine/tensorflow/executor';
import { architecture, embeddingDim } from '../../src/learn/backbones/architecture';
import { embedProgram } from '../../src/learn/embed';
import { readStartWeights } from '../../src/learn/start';
import { owned } from '../../src/learn/weights';
import { pretrainedFile } from './pretrained';

const [COUNT, SIDE] = [4, 64];

/** The pictures of the fixture, whose byte i is (2654435761 i mod 2^32) >> 24, as our views. */
const pictures = Float32Array.from(
  { length: COUNT * SIDE * SIDE * 3 },
  (_, i) => ((Math.imul(2654435761, i) >>> 24) / 255 - 0.5) / 0.25,
);

const reference = readSafetensors(
  new Uint8Array(readFileSync(new URL('../../e2e/fixtures/pretrained-embeddings.safetensors', import.meta.url))).buffer,
).tensors;

describe.each(PRETRAINED)('$title as it is served', ({ name, dim, bytes }) => {
  const file = pretrainedFile(name);
  const { encoder, weights } = readStartWeights(name, file.slice().buffer);
  const whole = architecture({ ...encoder, head: 'linear', dim: 2 });

  test('says which backbone it is, a byte a weight, and is as large as the page says', () => {
    expect(encoder.backbone).toBe(name);
    expect(embeddingDim(whole)).toBe(dim);
    expect(Math.abs(file.length - bytes)).toBeLessThan(20_000);
  });

  test('embeds as the PyTorch reference does', async () => {
    const executor = await createTensorflowExecutor('cpu');
    executor.write(owned('pretrained', weights));
    const program = await executor.compile(embedProgram(whole, 'pretrained', SIDE, COUNT));
    const { embeddings } = await program.run({ pictures });
    const expected = reference.get(name)?.data as Float32Array;
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const error = embeddings.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
    expect(embeddings.length).toBe(expected.length);
    expect(error / largest).toBeLessThan(1e-4);
    executor.dispose();
  });
});
