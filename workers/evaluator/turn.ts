import type { Work } from '../../src/evaluate/work';

/** Milliseconds of work between two turns of the event loop. */
const STRETCH = 40;

/** A turn of the event loop. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Does work to its end, with a turn of the event loop now and then, so that a message to stop reaches the thread.
 * @throws the signal's reason
 */
export async function inTurns<T>(work: Work<T>, signal: AbortSignal, progress: (share: number) => void): Promise<T> {
  signal.throwIfAborted();
  let since = performance.now();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - since < STRETCH) continue;
    progress(value);
    await turn();
    signal.throwIfAborted();
    since = performance.now();
  }
}
