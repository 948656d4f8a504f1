import { afterEach, expect, it } from 'vitest';
import { chooseDefaults } from '../../../src/core/defaults';
import { Draws } from '../../../src/core/random';
import { saveEmbeddings } from '../../../src/database/embeddings';
import { freshDatabase, imagesFrom, removeDatabases, someDataset } from '../../../src/database/fixtures.testing';
import { putBatch } from '../../../src/database/images';
import { removePictures } from '../../../src/database/removal';
import type { PixelSource } from '../../../src/learn/source';
import type { Context } from '../context';
import { Task } from '../task';
import { dimensionsReportOf } from './dimensions';

afterEach(removeDatabases);

const SIDE = 4;

/** A database of these squares, of which the first rows are embedded; and what the report of it is made from. */
async function reported(squares: readonly Uint8Array[], values: Float32Array, removed: readonly number[] = []) {
  const db = await freshDatabase();
  const [count, dim] = [squares.length, 2];
  const images = imagesFrom(0, count).map((image, row) => ({ ...image, width: 100 + 10 * (row % 7), height: 100 }));
  await putBatch(db, someDataset({ count }), images, [...squares] as Uint8Array<ArrayBuffer>[], []);
  await saveEmbeddings(db, {
    ...{ dataset: 'set', run: 'untrained', step: 0, about: 'it' },
    ...{ count: values.length / dim, dim, values },
  });
  if (removed.length > 0) await removePictures(db, 'set', removed);
  const source: PixelSource = {
    ...{ count, side: SIDE },
    read: async (rows) => Uint8Array.from(Array.from(rows).flatMap((row) => [...squares[row]])),
  };
  const context = { db, source: async () => source } as unknown as Context;
  const config = chooseDefaults({ count, medianSide: 4, storedSide: 4, imagesPerSecond: 100 });
  const whose = { dataset: 'set', run: null, encoder: config, side: SIDE, seed: 0 };
  return dimensionsReportOf(context, new Task(), { whose });
}

it('a picture is not predicted from one that is nearly the same', async () => {
  const count = 24;
  const draws = new Draws({ seed: 1, purpose: 'sample' });
  const noise = Array.from({ length: count / 2 }, () => Uint8Array.from({ length: 48 }, () => draws.integer(256)));
  // Rows 0 and 1, 2 and 3 ... are one picture, saved twice.
  const squares = Array.from({ length: count }, (_, row) => noise[row >> 1].map((v) => Math.min(255, v + (row % 2))));
  const values = Float32Array.from({ length: count * 2 }, () => draws.normal());
  expect((await reported(squares, values)).protocol).toContain('24 pictures in 12 units');
});

it('pictures that were removed, or added since they were embedded, change nothing that is said of the others', async () => {
  const [count, dim] = [42, 2];
  const draws = new Draws({ seed: 2, purpose: 'sample' });
  const squares = Array.from({ length: count }, (_, row) =>
    Uint8Array.from({ length: 48 }, () => 4 * row + draws.integer(60)),
  );
  // Brightness along the first dimension, width along the second.
  const values = Float32Array.from({ length: count * dim }, (_, at) => (at % dim === 0 ? at / dim : (at >> 1) % 7));
  const [removed, added] = [
    [38, 39],
    [40, 41],
  ];
  const kept = count - removed.length - added.length;
  const alone = await reported(squares.slice(0, kept), values.slice(0, kept * dim));
  const among = await reported(squares, values.slice(0, (count - added.length) * dim), removed);
  expect(among.biases.map(({ name, text }) => [name, text])).toEqual(
    alone.biases.map(({ name, text }) => [name, text]),
  );
  expect(among.dimensions).toEqual(alone.dimensions);
  expect(alone.biases.find(({ name }) => name === 'size in pixels')?.text).toMatch(/^The embedding follows/);
});
