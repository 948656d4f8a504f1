/**
 * Long work in pieces: yields the share that is done, 0 to 1, returns the result. Whoever runs it may do something else
 * between two pieces, or stop.
 */
export type Work<T> = Generator<number, T, void>;

/** Work that also waits for something, such as a device. */
export type WaitingWork<T> = AsyncGenerator<number, T, void>;

/** Work as a piece of larger work: of that it takes the share `from` .. `upTo`; without one its pauses alone stay. */
export function* piece<T>(work: Work<T>, from: number, upTo = from): Work<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    yield from + (upTo - from) * value;
  }
}

/** Runs work to its end in one go. */
export function finish<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Runs work to its end, with a pause after each 40 ms of it. `pause` is told the share that is done. */
export async function inPieces<T>(work: Work<T> | WaitingWork<T>, pause: (share: number) => Promise<void>): Promise<T> {
  for (let since = performance.now(); ; ) {
    const { done, value } = await work.next();
    if (done) return value;
    if (performance.now() - since < 40) continue;
    await pause(value);
    since = performance.now();
  }
}
