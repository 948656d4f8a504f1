import { expect, test } from 'vitest';
import type { Executable } from '../../src/engine/executor';
import { Embedder } from '../../src/learn/embed';
import type { PixelSource } from '../../src/learn/source';
import { Task } from './task';

const [count, side] = [1000, 8];
const source: PixelSource = { count, side: 10, read: async (rows) => new Uint8Array(rows.length * 10 * 10 * 3) };
const rows = Array.from({ length: count }, (_, row) => row);

/** An embedder of one picture at a time that never waits for anything but promises, as a library on this thread does. */
function embedderThat(whenRun: (times: number) => void): { embedder: Embedder; times: () => number } {
  let times = 0;
  const run = async () => {
    whenRun(++times);
    return { embeddings: Float32Array.of(times) };
  };
  const executable = { run } as unknown as Executable;
  const looks = { side, recipe: 'natural' } as const;
  return { embedder: new Embedder(executable, 1, 1, source, looks), times: () => times };
}

test('a message that says stop is taken in between two batches, and the next is not begun', async () => {
  const said: number[] = [];
  const stopped = new AbortController();
  const task = new Task((_, share = 0) => said.push(share), stopped.signal);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => stopped.abort();
  const { embedder, times } = embedderThat((time) => time === 3 && port2.postMessage('stop'));
  await expect(task.embed(embedder, source, rows, 'Embedding')).rejects.toMatchObject({ name: 'AbortError' });
  port1.close();
  expect(times()).toBeGreaterThanOrEqual(3);
  expect(times()).toBeLessThan(count);
  expect(said.at(-1)).toBe(times() / count);
});

test('a task that was stopped while it waited begins nothing', async () => {
  const stopped = new AbortController();
  const task = new Task(undefined, stopped.signal);
  stopped.abort();
  const { embedder, times } = embedderThat(() => undefined);
  await expect(task.embed(embedder, source, rows, 'Embedding')).rejects.toMatchObject({ name: 'AbortError' });
  expect(times()).toBe(0);
});

test('what is not stopped is the embedding as it is without a task', async () => {
  const some = rows.slice(0, 5);
  const [one, other] = [embedderThat(() => undefined), embedderThat(() => undefined)];
  const task = new Task();
  expect(await task.embed(one.embedder, source, some, 'Embedding')).toEqual(
    await other.embedder.embedFrom(source, some),
  );
});
