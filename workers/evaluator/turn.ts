import type { Work } from '../../src/evaluate/work';

/** Milliseconds of work between looks at what has been said meanwhile. */
const STRETCH = 40;

/** Work was given up because the person asked for it. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Lets messages come in, and asks whether to go on. */
export interface Turns {
  readonly cancelled: boolean;
}

/** A turn of the event loop. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/**
 * Does work to its end, with a turn of the event loop now and then, so that the thread hears that it is to stop.
 * @throws Cancelled
 */
export async function inTurns<T>(work: Work<T>, turns: Turns, progress: (share: number) => void): Promise<T> {
  if (turns.cancelled) throw new Cancelled();
  let since = performance.now();
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    if (performance.now() - since < STRETCH) continue;
    progress(value);
    await turn();
    if (turns.cancelled) throw new Cancelled();
    since = performance.now();
  }
}
