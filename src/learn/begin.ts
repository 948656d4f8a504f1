import type { Executor } from '../engine/executor';
import type { Method } from './methods/method';
import type { PixelSource } from './source';

/** A fresh run's variables, in the executor and ready for the first step. */
export async function begin(executor: Executor, method: Method, seed: number, source: PixelSource): Promise<void> {
  executor.write(method.initial(seed));
  await method.prepare?.(executor, source);
}
