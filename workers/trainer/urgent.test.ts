import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { freshDatabase, removeDatabases } from '../../src/database/fixtures.testing';
import { GrowingEmbeddings } from '../../src/database/growing_embeddings';
import { createProcessorExecutor } from '../../src/engine/processor/executor';
import { openUntrained } from '../../src/learn/untrained';
import { serve, Thread } from '../../src/protocol/call';
import { channel } from '../../src/protocol/channel';
import { BackgroundQueue } from './background';
import { embedRest } from './embedding';
import { JobQueue } from './job_queue';
import { Urgent } from './urgent';

interface Calls {
  why(request: object): number;
}

const count = 300;
const source = { count, side: 10, read: async (rows: ArrayLike<number>) => new Uint8Array(rows.length * 300) };

test('what a user asks for is answered while a network embeds, within two of its batches, and the embedding goes on', async () => {
  const executor = await createProcessorExecutor(1);
  const shape = { backbone: 'resnet8', width: 4, stem: 'cifar' } as const;
  const encoder = await openUntrained(executor, shape as never, { side: 8, seed: 1, recipe: 'natural' }, source);
  const urgent = new Urgent();
  const background = new BackgroundQueue(
    () => undefined,
    (cause) => expect(cause).toBe(null),
    urgent.giveWay,
  );
  let batches = 0;
  const counted = { ...encoder, dim: encoder.dim, recipe: encoder.recipe };
  counted.embed = (rows, onProgress) =>
    encoder.embed(rows, (done) => {
      batches++;
      return onProgress?.(done);
    });
  const { port1, port2 } = new MessageChannel();
  serve<Calls>(channel(port2), {
    // Three turns of the event loop, as a picture that is read and two that are embedded.
    why: () =>
      urgent.run(async () => {
        const before = batches;
        for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve));
        return batches - before;
      }),
  });
  const stored: number[] = [];
  const db = await freshDatabase();
  const whose = { dataset: 'set', run: 'pretrained x', about: 'x', step: 0, dim: counted.dim } as const;
  background.add('set', 'embed', (task) =>
    GrowingEmbeddings.make(db, whose, {}, (rows) =>
      embedRest(counted, rows, { count, words: 'Embedding', published: () => void stored.push(rows.count) }, task),
    ),
  );
  const jobs = new JobQueue(background, () => true);
  jobs.rest();
  const thread = new Thread<Calls>(channel(port1));
  expect(await thread.call({ type: 'why' })).toBeLessThanOrEqual(1);
  const done = batches;
  await expect.poll(() => stored.at(-1), { timeout: 20_000 }).toBe(count);
  expect(batches).toBeGreaterThan(done);
  port1.close();
  port2.close();
  encoder.dispose();
  executor.dispose();
  await removeDatabases();
});
