import { expect, test } from 'vitest';
import type { Executable } from '../../src/engine/executor';
import { Embedder } from '../../src/learn/embed';
import type { PixelSource } from '../../src/learn/source';
import { Errand, Stopped } from './errand';

const [count, side] = [1000, 8];
const source: PixelSource = { count, side: 10, read: async (rows) => new Uint8Array(rows.length * 10 * 10 * 3) };
const rows = Array.from({ length: count }, (_, row) => row);

/** An embedder of one picture at a time that never waits for anything but promises, as a library on this thread does. */
function embedderThat(whenRun: (times: number) => void): { embedder: Embedder; times: () => number } {
  let times = 0;
  const executable: Executable = {
    run: async () => {
      whenRun(++times);
      return { embeddings: Float32Array.of(times) };
    },
    dispose: () => undefined,
  };
  const looks = { side, recipe: 'natural' } as const;
  return { embedder: new Embedder(executable, 1, 1, source, looks), times: () => times };
}

test('a message that says stop is heard between two batches, and the next is not begun', async () => {
  const said: number[] = [];
  const errand = new Errand((_, share = 0) => said.push(share));
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => errand.stop();
  const { embedder, times } = embedderThat((time) => time === 3 && port2.postMessage('stop'));
  await expect(errand.embed(embedder, source, rows, 'Embedding')).rejects.toBeInstanceOf(Stopped);
  port1.close();
  expect(times()).toBeGreaterThanOrEqual(3);
  expect(times()).toBeLessThan(count);
  expect(said.at(-1)).toBe(times() / count);
});

test('an errand that was stopped while it waited begins nothing', async () => {
  const errand = new Errand(() => undefined);
  errand.stop();
  const { embedder, times } = embedderThat(() => undefined);
  await expect(errand.embed(embedder, source, rows, 'Embedding')).rejects.toBeInstanceOf(Stopped);
  expect(times()).toBe(0);
});

test('what is not stopped is the embedding as it is without an errand', async () => {
  const some = rows.slice(0, 5);
  const [one, other] = [embedderThat(() => undefined), embedderThat(() => undefined)];
  const errand = new Errand(() => undefined);
  expect(await errand.embed(one.embedder, source, some, 'Embedding')).toEqual(
    await other.embedder.embedFrom(source, some),
  );
});
