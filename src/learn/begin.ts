import type { Executor } from '../engine/executor';
import type { Method } from './methods/method';
import type { PixelSource } from './source';
import { type StartWeights, startingFrom } from './start';

/** A fresh run's variables, in the executor and ready for the first step; with `start` a backbone that has learned before. */
export async function begin(
  executor: Executor,
  method: Method,
  seed: number,
  source: PixelSource,
  start: StartWeights | null = null,
): Promise<void> {
  const initial = method.initial(seed);
  executor.write(start ? startingFrom(start, initial) : initial);
  await method.prepare?.(executor, source);
}
