import type { Executor } from '../../src/engine/executor';

/** Milliseconds between two messages. */
const EVERY = 100;

/** What is being prepared. */
export interface Preparation {
  /** Said again once all kernels are ready. */
  words: string;
  say(message: string, share?: number): void;
  /** Asked at every kernel; what it throws ends the preparation. */
  check?(): void;
}

/** Says how many kernels are ready while `work` has programs compiled: of a deep network that takes seconds. */
export async function preparing<T>(
  executor: Executor,
  { words, say, check }: Preparation,
  work: () => Promise<T>,
): Promise<T> {
  let saidAt = Number.NEGATIVE_INFINITY;
  executor.onCompiling = (ready, of) => {
    check?.();
    if (ready === of) return say(words);
    if (performance.now() - saidAt < EVERY) return;
    saidAt = performance.now();
    say(`Preparing the graphics device: ${ready} of ${of} kernels`, ready / of);
  };
  try {
    return await work();
  } finally {
    executor.onCompiling = null;
  }
}
