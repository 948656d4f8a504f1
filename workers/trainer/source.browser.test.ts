import { afterEach, expect, it } from 'vitest';
import {
  freshDatabase,
  imagesFrom,
  pixelsFrom,
  removeDatabases,
  someDataset,
  squaresFrom,
} from '../../src/database/fixtures.testing';
import { putBatch } from '../../src/database/images';
import { openSource } from './source';

afterEach(removeDatabases);

/** Forty pictures in three shards; every byte of one is its row. Row 7 was removed, row 12 is damaged. */
async function filled() {
  const db = await freshDatabase();
  for (const [from, count] of [
    [0, 10],
    [10, 25],
    [35, 5],
  ])
    await putBatch(db, someDataset({ count: from + count }), imagesFrom(from, count), squaresFrom(from, count), []);
  await db.put('datasets', someDataset({ count: 40, removed: [7], setAside: [7] }));
  const shard = await db.get('pixels', ['set', 10]);
  if (!shard) throw new Error('No such shard');
  shard.checks[2] ^= 1;
  await db.put('pixels', shard);
  return db;
}

it('pictures are the same in whatever order, whether all are held or each is read when it is asked for', async () => {
  const db = await filled();
  const damaged: string[] = [];
  const open = (budget: number) => openSource(db, 'set', 4, 1, ({ message }) => damaged.push(message), budget);
  const [held, read] = [await open(1e9), await open(0)];
  for (const rows of [[39, 0, 11, 36, 0], [7], [12, 13], Array.from({ length: 40 }, (_, row) => row)]) {
    const expected = rows.flatMap((row) => [...(row === 12 ? new Uint8Array(48) : pixelsFrom(row === 7 ? 0 : row, 1))]);
    expect([...(await held.read(rows))]).toEqual(expected);
    expect([...(await read.read(rows))]).toEqual(expected);
  }
  // Said once by each.
  expect(damaged).toEqual(Array(2).fill(expect.stringContaining('picture number 13 ')));
  const larger = await openSource(db, 'set', 8, 1, () => undefined, 0);
  expect([...(await larger.read([39]))]).toEqual(Array(8 * 8 * 3).fill(39));
});
