import { afterEach, expect, it } from 'vitest';
import { chooseDefaults } from '../../../src/core/defaults';
import { Draws } from '../../../src/core/random';
import { saveEmbeddings } from '../../../src/database/embeddings';
import { freshDatabase, imagesFrom, removeDatabases, someDataset } from '../../../src/database/fixtures.testing';
import { putBatch } from '../../../src/database/images';
import type { PixelSource } from '../../../src/learn/source';
import type { Context } from '../context';
import { Task } from '../task';
import { dimensionsReportOf } from './dimensions';

afterEach(removeDatabases);

it('a picture is not predicted from one that is nearly the same', async () => {
  const db = await freshDatabase();
  const [count, side] = [24, 4];
  const draws = new Draws({ seed: 1, purpose: 'sample' });
  const noise = Array.from({ length: count / 2 }, () => Uint8Array.from({ length: 48 }, () => draws.integer(256)));
  // Rows 0 and 1, 2 and 3 ... are one picture, saved twice.
  const squares = Array.from({ length: count }, (_, row) => noise[row >> 1].map((v) => Math.min(255, v + (row % 2))));
  await putBatch(db, someDataset({ count }), imagesFrom(0, count), squares, []);
  const values = Float32Array.from({ length: count * 2 }, () => draws.normal());
  await saveEmbeddings(db, { dataset: 'set', run: 'untrained', step: 0, count, dim: 2, values, about: 'it' });
  const source: PixelSource = {
    ...{ count, side },
    read: async (rows) => Uint8Array.from(Array.from(rows).flatMap((row) => [...squares[row]])),
  };
  const context = { db, source: async () => source } as unknown as Context;
  const config = chooseDefaults({ count, medianSide: 4, storedSide: 4, imagesPerSecond: 100 });
  const whose = { dataset: 'set', run: null, encoder: config, side, seed: 0 };
  expect((await dimensionsReportOf(context, new Task(), { whose })).protocol).toContain('24 pictures in 12 units');
});
