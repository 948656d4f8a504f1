import { inPieces, type Work } from '../../src/evaluate/work';

/** A turn of the event loop. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Does work to its end, with a turn of the event loop now and then, so that a message to stop reaches the thread.
 * @throws the signal's reason
 */
export async function inTurns<T>(work: Work<T>, signal: AbortSignal, progress: (share: number) => void): Promise<T> {
  signal.throwIfAborted();
  return inPieces(work, async (share) => {
    progress(share);
    await turn();
    signal.throwIfAborted();
  });
}
