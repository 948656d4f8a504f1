import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/database/connection';
import { loadEmbeddings } from '../../src/database/embeddings';
import { freshDatabase, removeDatabases } from '../../src/database/fixtures.testing';
import { GrowingEmbeddings } from '../../src/database/growing_embeddings';
import type { Embeds } from '../../src/learn/embed';
import { embedRest } from './embedding';
import { Task } from './task';

afterEach(removeDatabases);

const count = 300;

/** Row r embeds as (r, -r), eight rows a batch; `whenDone` is told how many rows were embedded in all. */
function embedder(whenDone: (rows: number) => void = () => undefined): Embeds & { rows: number } {
  const own = {
    dim: 2,
    recipe: 'natural' as const,
    rows: 0,
    async embed(rows: ArrayLike<number>, onProgress?: (done: number) => void | Promise<void>) {
      for (let done = 0; done < rows.length; ) {
        const more = Math.min(8, rows.length - done);
        done += more;
        own.rows += more;
        whenDone(own.rows);
        await onProgress?.(done);
      }
      return Float32Array.from({ length: 2 * rows.length }, (_, i) => (i % 2 ? -rows[i >> 1] : rows[i >> 1]));
    },
    embedViews: () => Promise.reject(new Error('not asked')),
  };
  return own;
}

const expected = (rows: number): Float32Array =>
  Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 ? -(i >> 1) : i >> 1));

const begin = (db: Database, goesOn: boolean, work: (rows: GrowingEmbeddings) => Promise<void>) =>
  GrowingEmbeddings.make(db, { dataset: 'set', run: 'pretrained x', about: 'x', step: 0, dim: 2 }, { goesOn }, work);
const stored = (db: Database) => loadEmbeddings(db, 'set', 'pretrained x');
const whole = { count, words: 'Embedding', published: () => undefined };

test('the first pictures are published as soon as they are embedded, and the whole at the end', async () => {
  const db = await freshDatabase();
  const counts: number[] = [];
  const said: number[] = [];
  const task = new Task((_, share = 0) => said.push(share));
  await begin(db, false, (rows) =>
    embedRest(embedder(), rows, { ...whole, published: () => void counts.push(rows.count) }, task),
  );
  expect(counts[0]).toBeLessThan(count / 4);
  expect(counts.at(-1)).toBe(count);
  expect((await stored(db))?.values).toEqual(expected(count));
  expect(said).toEqual(said.toSorted((a, b) => a - b));
  expect(said.at(-1)).toBe(1);
});

test('what was embedded before a stop is stored, and what goes on from there is the whole, nothing done twice', async () => {
  const db = await freshDatabase();
  const stopped = new AbortController();
  const task = new Task(undefined, stopped.signal);
  const first = embedder((rows) => rows >= 200 && stopped.abort());
  const cut = begin(db, false, (rows) => embedRest(first, rows, whole, task));
  await expect(cut).rejects.toMatchObject({ name: 'AbortError' });
  expect((await stored(db))?.count).toBe(144);
  const second = embedder();
  await begin(db, true, (rows) => embedRest(second, rows, whole, new Task()));
  expect(second.rows).toBe(count - 144);
  expect((await stored(db))?.values).toEqual(expected(count));
});

test('those that are there answer until as many are embedded', async () => {
  const db = await freshDatabase();
  const counts: number[] = [];
  await begin(db, false, (rows) =>
    embedRest(
      embedder(),
      rows,
      { ...whole, least: count - 10, published: () => void counts.push(rows.count) },
      new Task(),
    ),
  );
  expect(counts).toEqual([count]);
});
