import { count as grouped } from '../../src/core/amounts';
import type { EmbeddingTable } from '../../src/core/records';
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

/** Whose embeddings, as of which step, and of how many pictures. */
export type TableOf = Omit<EmbeddingTable, 'dim' | 'values'>;

/**
 * Embeds the pictures that `begun` lacks, in order, and stores what is there every few seconds: rows 0 .. n - 1, which
 * can be searched; `kept` of them are stored already. What was embedded is stored also when the task is stopped, so that it goes on from there.
 */
export async function embedRest(
  embeds: Embeds,
  whose: TableOf,
  begun: EmbeddingTable | null,
  task: Task,
  words: string,
  store: (table: EmbeddingTable, kept: number) => Promise<void>,
): Promise<EmbeddingTable> {
  const { count } = whose;
  const { dim } = embeds;
  const values = new Float32Array(count * dim);
  if (begun) values.set(begun.values);
  let done = begun?.count ?? 0;
  let [kept, next] = [done, 0];
  const table = () => ({ ...whose, dim, count: done, values: values.subarray(0, done * dim) });
  const keep = async (): Promise<void> => {
    if (done === kept) return;
    await store(table(), kept);
    kept = done;
    next = performance.now() + EVERY * Math.max(1, done / OFTEN);
  };
  const say = (so: number): void => task.say(`${words}: ${grouped(so)} of ${grouped(count)} pictures`, so / count);
  say(done);
  try {
    while (done < count) {
      const rows = Array.from({ length: Math.min(done === 0 ? FIRST : PART, count - done) }, (_, i) => done + i);
      const part = await embeds.embed(rows, (more) => {
        say(done + more);
        return task.pause();
      });
      values.set(part, done * dim);
      done += rows.length;
      if (performance.now() >= next) await keep();
    }
  } finally {
    await keep();
  }
  return table();
}
