import { afterEach, expect, it } from 'vitest';
import { writeSafetensors } from '../../../src/core/formats/write_safetensors';
import { Draws } from '../../../src/core/random';
import { saveEmbeddings } from '../../../src/database/embeddings';
import { freshDatabase, imagesFrom, removeDatabases, someDataset } from '../../../src/database/fixtures.testing';
import { putBatch } from '../../../src/database/images';
import { createProcessorExecutor } from '../../../src/engine/processor/executor';
import { architecture } from '../../../src/learn/backbones/architecture';
import { encoderWeights } from '../../../src/learn/encoder';
import { initialWeights } from '../../../src/learn/initial';
import type { PixelSource } from '../../../src/learn/source';
import { toTorch } from '../../../src/learn/torch_layout';
import type { Context } from '../context';
import { Task } from '../task';
import { takeWeights } from '../weights';
import { whyOf } from './why';

afterEach(removeDatabases);

/** A file of an untrained ResNet-8 with 16 channels, as torchvision would write it. */
function weightsFile(): ArrayBuffer {
  const specs = encoderWeights(architecture({ backbone: 'resnet8', width: 16, stem: 'cifar', head: 'linear', dim: 2 }));
  const weights = initialWeights(specs, 7);
  const tensors = Object.fromEntries(specs.map((spec) => [spec.name, toTorch(spec, weights[spec.name])]));
  return writeSafetensors(tensors, { format: 'pt' }).buffer as ArrayBuffer;
}

it('two pictures found by a file of weights are explained by it, at the side it embedded them with', async () => {
  const db = await freshDatabase();
  const [count, side] = [4, 16];
  const draws = new Draws({ seed: 1, purpose: 'sample' });
  const squares = Array.from({ length: count }, () => Uint8Array.from({ length: 3 * 400 }, () => draws.integer(256)));
  await putBatch(db, someDataset({ count, storedSide: 20 }), imagesFrom(0, count), squares, []);
  const { name, sha256 } = await takeWeights(db, 'mine.safetensors', weightsFile());
  const run = `pretrained ${name}`;
  const values = new Float32Array(count * 2).fill(1);
  const about = `the weights ${name}, as they are, at ${side} px`;
  await saveEmbeddings(db, { dataset: 'set', run, step: 0, count, dim: 2, values, about });
  const asked: [number, number | undefined][] = [];
  const source = async (_: string, seen: number, margin?: number): Promise<PixelSource> => {
    asked.push([seen, margin]);
    return {
      count,
      side: 20,
      read: async (rows) => Uint8Array.from(Array.from(rows).flatMap((row) => [...squares[row]])),
    };
  };
  const executor = await createProcessorExecutor();
  const context = { db, source, executor } as unknown as Context;
  const encoder = { backbone: 'resnet8', width: 16, stem: 'cifar', head: 'linear', dim: 2 } as const;
  const whose = { dataset: 'set', run, encoder, side: 32, seed: 0, weights: { name, sha256 } };
  const why = await whyOf(context, new Task(), { whose, first: 0, second: 1, stored: null });
  executor.dispose();
  expect(asked).toEqual([[side, 1.25]]);
  expect(why).toMatchObject({ about: name, side, rows: [0, 1] });
  expect(Math.abs(why.similarity)).toBeLessThanOrEqual(1 + 1e-6);
});
