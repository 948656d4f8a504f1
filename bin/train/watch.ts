import type { Progress } from './drive';

/** Milliseconds between two lines. */
const EVERY = 1000;

/** Prints a line a second, where it says something new, until `work` is done. */
export async function watched<T>(work: Promise<T>, line: () => Promise<string>): Promise<T> {
  const over = new AbortController();
  const finished = work.finally(() => over.abort());
  let said = '';
  const tell = async (): Promise<void> => {
    const words = await line();
    if (words !== said && words !== '') say(words);
    said = words;
  };
  const watch = async (): Promise<void> => {
    while (!over.signal.aborted) {
      await sleep(EVERY, over.signal);
      await tell();
    }
  };
  const [result] = await Promise.all([finished, watch()]);
  return result;
}

/** How far an import is; '' when none is under way. */
export function importLine({ importing }: Progress): string {
  if (!importing) return '';
  const { taken, refused, found } = importing;
  return `Importing: ${taken} of ${found} pictures${refused > 0 ? `, ${refused} refused` : ''}`;
}

/** A line of progress: results go to files, so what is said goes to stderr. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** Resolves after so long, or as soon as the signal says so. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener('abort', end);
  });
}
