import { count as grouped } from '../../src/core/amounts';
import type { GrowingEmbeddings } from '../../src/database/growing_embeddings';
import type { Embeds } from '../../src/learn/embed';
import type { Task } from './task';

/** Pictures embedded at a time; after each, what is there may be stored. */
const PART = 64;
/** The first of them are fewer: they fill the part of the grid that is in sight, and answer the first click. */
const FIRST = 16;
/** Milliseconds between two writes: enough for a first answer within seconds. */
const EVERY = 2000;
/** Of more pictures less often: after each, whoever searches reads all that is there. */
const OFTEN = 10_000;

interface Embedding {
  /** Pictures of the data set. */
  count: number;
  /** Until so many are embedded, those that are there answer. */
  least?: number;
  words: string;
  /** Called when more can be searched. */
  published(): void;
}

/**
 * Embeds the pictures that `rows` lack, in order, and publishes what is there every few seconds: rows 0 .. n - 1. What was
 * embedded is published also when the task is stopped, so that it goes on from there.
 */
export async function embedRest(
  embeds: Embeds,
  rows: GrowingEmbeddings,
  { count, least = 0, words, published }: Embedding,
  task: Task,
): Promise<void> {
  let [kept, next] = [rows.count, 0];
  const keep = async (): Promise<void> => {
    if (rows.count === kept || rows.count < least) return;
    await rows.publish();
    published();
    kept = rows.count;
    next = performance.now() + EVERY * Math.max(1, kept / OFTEN);
  };
  const say = (so: number): void => task.say(`${words}: ${grouped(so)} of ${grouped(count)}`, so / count);
  say(rows.count);
  try {
    while (rows.count < count) {
      const done = rows.count;
      const part = Array.from({ length: Math.min(done === 0 ? FIRST : PART, count - done) }, (_, i) => done + i);
      await rows.add(
        await embeds.embed(part, (more) => {
          say(done + more);
          return task.pause();
        }),
      );
      if (performance.now() >= next) await keep();
    }
  } finally {
    await keep();
  }
}
