import { clearLine, cursorTo } from 'node:readline';
import { duration } from '../../src/core/amounts';
import type { Progress } from './drive';

/** Milliseconds between two looks, and between two lines of one task where lines stay: in a file, say. */
const EVERY = 1000;
const STAYS = 5000;

/** Seconds of a task before its rate is trusted. */
const ENOUGH = 4;

/** '80 of 166', '5/300' */
const COUNT = /([\d,]+)(?:\/| of )([\d,]+)/g;

/**
 * Tells how long the task that a line is about still takes, by how fast the first number of its last count grows.
 * @returns a function of the line and of now in milliseconds: the line with what is left
 */
export function timing(): (line: string, now: number) => string {
  let task = '';
  let [from, since] = [0, 0];
  return (line, now) => {
    const [, done, all] = ([...line.matchAll(COUNT)].at(-1) ?? []).map((text) => Number(text.replaceAll(',', '')));
    const about = taskOf(line);
    if (about !== task || done < from) [task, from, since] = [about, done, now];
    const seconds = (now - since) / 1000;
    if (!(seconds >= ENOUGH && done > from && done < all)) return line;
    return `${line}, about ${duration((seconds * (all - done)) / (done - from))} left`;
  };
}

/** A line without its numbers. */
const taskOf = (line: string): string => line.replace(/-?\d[\d.,]*/g, '#');

/** Shows how work goes until it is done: on a terminal in one line that changes, else by a line every few seconds. */
export async function watched<T>(work: Promise<T>, line: () => Promise<string>): Promise<T> {
  const over = new AbortController();
  const finished = work.finally(() => over.abort());
  const timed = timing();
  let [said, at] = ['', 0];
  const tell = async (): Promise<void> => {
    const words = await line();
    const now = Date.now();
    if (words === '' || words === said) return;
    if (!process.stderr.isTTY && taskOf(words) === taskOf(said) && now - at < STAYS) return;
    show(timed(words, now));
    [said, at] = [words, now];
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
  const { taken, duplicates, refused, found } = importing;
  return `Importing: ${taken + duplicates + refused} of ${found} files`;
}

/** The terminal's last line will be written over. */
let changing = false;

/** Progress that the next takes the place of, on a terminal. */
function show(line: string): void {
  const { isTTY, columns } = process.stderr;
  if (isTTY) wipe();
  process.stderr.write(isTTY ? line.slice(0, columns - 1) : `${line}\n`);
  changing = isTTY;
}

function wipe(): void {
  if (!changing) return;
  cursorTo(process.stderr, 0);
  clearLine(process.stderr, 0);
  changing = false;
}

/** What is said on the way: to stderr. */
export function say(line: string): void {
  wipe();
  process.stderr.write(`${line}\n`);
}

/** What has come of it: to stdout. */
export function result(text: string): void {
  wipe();
  process.stdout.write(`${text}\n`);
}

/** Resolves after so long, or as soon as the signal says so. */
export function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
  });
}
