import { say } from './train/watch';

/** Status 128 + SIGINT. On a regular exit Playwright ends its browsers; a signal alone would leave them behind. */
const end = (): never => process.exit(130);

/** Ctrl-C ends everything at once. */
export function endOnInterrupt(): void {
  process.once('SIGINT', end);
}

/** From now on Ctrl-C says these words and aborts the signal; the second one ends everything at once. */
export function stopOnInterrupt(words: string): AbortSignal {
  const stop = new AbortController();
  process.off('SIGINT', end);
  process.once('SIGINT', () => {
    endOnInterrupt();
    say(`${words} Ctrl-C again ends at once.`);
    stop.abort();
  });
  return stop.signal;
}
