import type { RunConfig } from './config';
import { groupsFor, queueFor } from './defaults';

/**
 * The same run with half the pictures a step, for a device without room for all of them. The rate is the batch's (Goyal et
 * al. 2017); norm groups keep two pictures each; the queue follows its rule for `count` pictures where it did, and stays
 * where it was chosen or, with `count` null, is a checkpoint's. Null where a step has too few pictures to be halved.
 */
export function withHalfBatch(config: RunConfig, count: number | null): RunConfig | null {
  const { symmetric, queue, learningRate, groups } = config;
  const batch = Math.floor(config.batch / 2);
  if (batch < 2) return null;
  const ruled = (of: number): number => queueFor(count ?? 0, of, symmetric ? 2 * of : of);
  const follows = count !== null && queue === ruled(config.batch);
  const enqueued = symmetric ? 2 * batch : batch;
  const fitting = follows ? ruled(batch) : count === null ? queue : Math.floor(queue / enqueued) * enqueued;
  return {
    ...config,
    batch,
    queue: fitting,
    learningRate: (learningRate * batch) / config.batch,
    groups: groupsFor(batch, groups),
  };
}
