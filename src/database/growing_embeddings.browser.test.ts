import { afterEach, expect, it } from 'vitest';
import { Draws } from '../core/random';
import type { Database } from './connection';
import { PART_ROWS } from './embedding_parts';
import { checkedEmbeddings, embeddingsVersion, listEmbedded, loadEmbeddings } from './embeddings';
import { freshDatabase, removeDatabases, someDataset } from './fixtures.testing';
import { GrowingEmbeddings, type Making } from './growing_embeddings';
import { removePictures } from './removal';
import { deleteDataset, deleteEncoder, sweep } from './storage';

afterEach(removeDatabases);

/** More rows than two parts hold. */
const MANY = 2 * PART_ROWS + 10;

/** Row r is (r, r + step, -r). */
const rowsFrom = (first: number, count: number, step = 1): Float32Array =>
  Float32Array.from({ length: 3 * count }, (_, at) => {
    const row = first + Math.floor(at / 3);
    return [row, row + step, -row][at % 3];
  });

const make = <T>(
  db: Database,
  step: number,
  work: (rows: GrowingEmbeddings) => Promise<T>,
  making: Making = {},
  run = 'run',
) => GrowingEmbeddings.make(db, { dataset: 'set', run, step, dim: 3, about: 'its own words' }, making, work);

const values = async (db: Database) => (await loadEmbeddings(db, 'set', 'run'))?.values;
const parts = async (db: Database) => (await db.getAllKeys('embeddingParts')).map(([, , first]) => first);

it('they grow by parts: a whole part that others read is not written again', async () => {
  const db = await freshDatabase();
  await make(db, 1, async (rows) => {
    await rows.add(rowsFrom(0, PART_ROWS + 5));
    await rows.publish();
    const before = await embeddingsVersion(db, 'set', 'run');
    const [key] = await db.getAllKeys('embeddingParts');
    const part = await db.get('embeddingParts', key);
    // Were it written again, this would be gone.
    await db.put('embeddingParts', { ...part, bytes: new ArrayBuffer(12 * PART_ROWS) } as never);
    await rows.add(rowsFrom(PART_ROWS + 5, MANY - PART_ROWS - 5));
    await rows.publish();
    expect(await checkedEmbeddings(db, 'set', 'run')).toBe('damaged');
    await db.put('embeddingParts', part as never);
    expect(await embeddingsVersion(db, 'set', 'run')).not.toBe(before);
  });
  expect(await values(db)).toEqual(rowsFrom(0, MANY));
  expect(await listEmbedded(db, 'set')).toMatchObject([{ encoder: 'run', count: MANY, bytes: 12 * MANY }]);
  // Others leave none of them behind.
  await make(db, 2, async (rows) => {
    await rows.add(rowsFrom(0, 10, 2));
    await rows.publish();
  });
  expect(await parts(db)).toEqual([0]);
  await deleteEncoder(db, 'set', 'run');
  expect(await parts(db)).toEqual([]);
});

it('rows come in portions of any size, a run is cut off anywhere and goes on, and pictures are removed meanwhile', async () => {
  const draws = new Draws({ seed: 3, purpose: 'sample' });
  const upTo = (most: number): number => Math.floor(draws.uniform() * most);
  for (let trial = 0; trial < 8; trial++) {
    const db = await freshDatabase();
    await db.put('datasets', someDataset({ count: MANY }));
    const removed: number[] = [];
    for (let done = 0; done < MANY; )
      done = await make(
        db,
        1,
        async (rows) => {
          expect(rows.count).toBe(done);
          for (let turn = 0; turn < 4 && rows.count < MANY; turn++) {
            await rows.add(rowsFrom(rows.count, 1 + upTo(Math.min(MANY - rows.count, PART_ROWS))));
            if (upTo(3) === 0) {
              const some = Array.from({ length: 20 }, () => upTo(MANY));
              await removePictures(db, 'set', some);
              removed.push(...some);
            }
            if (upTo(2) === 0) await rows.publish();
          }
          await rows.publish();
          return rows.count;
        },
        { goesOn: done > 0 },
      );
    const gone = new Set(removed);
    const found = (await values(db)) ?? new Float32Array();
    for (let row = 0; row < MANY; row++) {
      const [first] = found.subarray(3 * row, 3 * row + 3);
      if (gone.has(row)) expect(gone.has(first)).toBe(false);
      else expect(first).toBe(row);
    }
    await removeDatabases();
  }
});

it('those that are there answer until others are published, and stay where those are given up', async () => {
  const db = await freshDatabase();
  const publish = (step: number, making?: Making) =>
    make(
      db,
      step,
      async (rows) => {
        await rows.add(rowsFrom(0, MANY, step));
        expect(await parts(db)).toHaveLength(step === 1 ? 2 : 5);
        await rows.publish();
      },
      making,
    );
  await publish(1);
  const given = make(db, 2, async (rows) => {
    await rows.add(rowsFrom(0, MANY, 2));
    throw new Error('given up');
  });
  await expect(given).rejects.toThrow('given up');
  expect(await values(db)).toEqual(rowsFrom(0, MANY));
  expect(await parts(db)).toHaveLength(3);
  await publish(2);
  expect(await values(db)).toEqual(rowsFrom(0, MANY, 2));
  expect(await parts(db)).toHaveLength(3);
});

it('a picture that is removed before they are published is in none of their parts', async () => {
  const db = await freshDatabase();
  await db.put('datasets', someDataset({ count: MANY }));
  const removed = [3, PART_ROWS + 1, MANY - 1];
  await make(db, 1, async (rows) => {
    await rows.add(rowsFrom(0, MANY));
    await removePictures(db, 'set', removed);
    await rows.publish();
  });
  const found = (await values(db)) ?? new Float32Array();
  for (const row of removed) expect(removed).not.toContain(found[3 * row]);
});

it('what was being made when a tab was closed is swept away, and nothing else', async () => {
  const db = await freshDatabase();
  await make(db, 1, async (rows) => {
    await rows.add(rowsFrom(0, MANY));
    await rows.publish();
  });
  await db.put('embeddingParts', { dataset: 'set', run: 'a name', first: 0, bytes: new ArrayBuffer(12) });
  await db.put('embeddingParts', { dataset: 'set', run: 'a name', first: PART_ROWS, bytes: new ArrayBuffer(12) });
  await sweep(db);
  expect(await values(db)).toEqual(rowsFrom(0, MANY));
  expect(await parts(db)).toHaveLength(3);
});

it('nothing is published into what another tab has made anew or deleted', async () => {
  const db = await freshDatabase();
  const other = make(db, 1, async (rows) => {
    await rows.add(rowsFrom(0, 5));
    await rows.publish();
    await deleteEncoder(db, 'set', 'run');
    await rows.add(rowsFrom(5, 5));
    await rows.publish();
  });
  await expect(other).rejects.toMatchObject({ kind: 'data' });
  expect(await values(db)).toBe(undefined);
  const gone = make(db, 1, async (rows) => {
    await deleteDataset(db, 'set');
    await rows.add(rowsFrom(0, PART_ROWS));
  });
  await expect(gone).rejects.toMatchObject({ kind: 'data' });
  expect(await parts(db)).toEqual([]);
});

it('where the part that is open is damaged, all are made anew', async () => {
  const db = await freshDatabase();
  await make(db, 1, async (rows) => {
    await rows.add(rowsFrom(0, PART_ROWS + 5));
    await rows.publish();
  });
  const [, key] = await db.getAllKeys('embeddingParts');
  const part = await db.get('embeddingParts', key);
  new Uint8Array(part?.bytes ?? new ArrayBuffer(0))[7] ^= 1;
  await db.put('embeddingParts', part as never);
  await make(db, 1, async (rows) => expect(rows.count).toBe(0), { goesOn: true });
});

it('two tabs that embed the same go on from each other, whichever is faster', async () => {
  const db = await freshDatabase();
  const begin = make(db, 1, async (rows) => {
    await rows.add(rowsFrom(0, 100));
    await rows.publish();
  });
  await begin;
  const goesOn = { goesOn: true };
  const slow = (slower: GrowingEmbeddings) =>
    make(
      db,
      1,
      async (faster) => {
        await faster.add(rowsFrom(100, MANY - 100));
        await faster.publish();
        await slower.add(rowsFrom(100, PART_ROWS));
        await slower.publish();
        expect(await values(db)).toEqual(rowsFrom(0, MANY));
        await slower.add(rowsFrom(PART_ROWS + 100, MANY - PART_ROWS - 100));
        await slower.publish();
      },
      goesOn,
    );
  await make(db, 1, slow, goesOn);
  expect(await values(db)).toEqual(rowsFrom(0, MANY));
});
