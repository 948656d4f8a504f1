import { expect, test } from 'vitest';
import type { EmbeddingTable } from '../../src/core/records';
import type { Embeds } from '../../src/learn/embed';
import { embedRest } from './embedding';
import { Task } from './task';

const count = 300;
const whose = { dataset: 'birds', run: 'pretrained x', about: 'x', step: 0, count };

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

test('the first pictures are stored as soon as they are embedded, and the whole at the end', async () => {
  const stored: EmbeddingTable[] = [];
  const said: number[] = [];
  const task = new Task((_, share = 0) => said.push(share));
  await embedRest(
    embedder(),
    whose,
    null,
    task,
    'Embedding',
    async (table) => void stored.push({ ...table, values: table.values.slice() }),
  );
  expect(stored[0].count).toBeLessThan(count / 4);
  expect(stored.at(-1)?.count).toBe(count);
  for (const { count: rows, values } of stored) expect(values).toEqual(expected(rows));
  expect(said).toEqual(said.toSorted((a, b) => a - b));
  expect(said.at(-1)).toBe(1);
});

test('what was embedded before a stop is stored, and what goes on from there is the whole, nothing done twice', async () => {
  let stored: EmbeddingTable | null = null;
  const keep = async (table: EmbeddingTable) => {
    stored = { ...table, values: table.values.slice() };
  };
  const stopped = new AbortController();
  const task = new Task(undefined, stopped.signal);
  const first = embedder((rows) => rows >= 200 && stopped.abort());
  await expect(embedRest(first, whose, null, task, 'Embedding', keep)).rejects.toMatchObject({ name: 'AbortError' });
  const begun = stored as EmbeddingTable | null;
  expect(begun?.count).toBe(144);
  const second = embedder();
  await embedRest(second, whose, begun, new Task(), 'Embedding', keep);
  expect(second.rows).toBe(count - 144);
  expect((stored as EmbeddingTable | null)?.values).toEqual(expected(count));
});
