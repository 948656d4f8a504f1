import type { Executor } from '../engine/executor';
import type { Method } from './methods/method';
import type { MutualNeighbours } from './neighbours';
import type { PixelSource } from './source';
import { type StartWeights, startingFrom } from './start';
import type { OnKept } from './viewing/kept_maps';

/** What a run is opened with. */
export interface Opening {
  /** Of a fresh run: a backbone that has learned before. */
  start?: StartWeights | null;
  /** Of a fresh run whose config asks for them. */
  neighbours?: MutualNeighbours | null;
  /** What is embedded, where that is not the crops from which views are made. */
  seen?: { source: PixelSource; side: number };
  /** Called while kept views are made. */
  told?: OnKept;
}

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
