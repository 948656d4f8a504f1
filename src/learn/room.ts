import type { RunConfig } from '../core/config';
import { NoRoom } from '../core/fault';
import { withHalfBatch } from '../core/halve';
import type { Executor } from '../engine/executor';
import { openMethod } from './methods/open';
import type { PixelSource } from './source';
import { madeViews } from './viewing/device';

/**
 * The largest of a half, a quarter, ... of the pictures a step whose buffers the device gives, as far as can be told
 * without making them; null where not even two pictures are.
 */
function batchThatFits(executor: Executor, config: RunConfig, source: PixelSource): number | null {
  for (let smaller = withHalfBatch(config, null); smaller; smaller = withHalfBatch(smaller, null)) {
    const method = openMethod(smaller);
    const fed = method.corruption || smaller.views > 0 || smaller.neighbours > 0;
    const views = fed ? undefined : madeViews(method, smaller, source.side);
    if (executor.fits(method.program, views)) return smaller.batch;
  }
  return null;
}

/** Of a step that a device has no room for: says which batch would fit. Anything else stays as it is. */
export function withFittingBatch(cause: unknown, executor: Executor, config: RunConfig, source: PixelSource): unknown {
  if (!(cause instanceof NoRoom)) return cause;
  const batch = batchThatFits(executor, config, source);
  const sentence = `There is no room for ${config.batch} pictures a step. ${cause.message}`;
  if (batch === null) return new NoRoom(sentence, 'Choose smaller views or a narrower encoder.');
  return new NoRoom(sentence, `A batch of ${batch} should fit; or choose smaller views or a narrower encoder.`);
}
