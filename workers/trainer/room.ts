import type { RunConfig } from '../../src/core/config';
import { type Fault, NoRoom } from '../../src/core/fault';
import { withHalfBatch } from '../../src/core/halve';

/** Halved more often than this, a run is no longer what was asked for. */
const MOST_HALVINGS = 3;

/**
 * Opens a run with its config, and where the device has no room for that, with half as many pictures a step, three times at
 * most; `told` is called each time.
 * @param count pictures of the data set, by which a fresh run's queue is chosen; null for a run with a checkpoint.
 */
export async function openWithRoom<T>(
  asked: RunConfig,
  count: number | null,
  open: (config: RunConfig) => Promise<T>,
  told: (fault: Fault, config: RunConfig) => void,
): Promise<T> {
  let config = asked;
  for (let halvings = 0; ; halvings++) {
    try {
      return await open(config);
    } catch (cause) {
      const half = halvings < MOST_HALVINGS ? withHalfBatch(config, count) : null;
      if (!(cause instanceof NoRoom) || !half) throw cause;
      const what = `This device has no room for ${config.batch} pictures a step, so this run takes ${half.batch}.`;
      told(
        new NoRoom(what, 'Its learning rate and queue follow. Smaller views or a narrower encoder take less.'),
        half,
      );
      config = half;
    }
  }
}
