import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Executor, OnCompiling } from '../../src/engine/executor';
import { preparing } from './preparing';
import { Task } from './task';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

/** An executor that compiles when it is told to. */
const device = () => ({ onCompiling: null }) as unknown as Executor & { onCompiling: OnCompiling };

function conversation() {
  const said: [string, number?][] = [];
  return { said, say: (...words: [string, number?]) => void said.push(words) };
}

test('says how many kernels are ready, not faster than can be read, and what is done once all of them are', async () => {
  const executor = device();
  const { said, say } = conversation();
  const made = await preparing(executor, { words: 'Making it ready', say }, async () => {
    for (let ready = 1; ready <= 20; ready++) {
      executor.onCompiling(ready, 20);
      vi.advanceTimersByTime(30);
    }
    return 'made';
  });
  expect(made).toBe('made');
  expect(said).toEqual([
    ['Preparing the graphics device: 1 of 20 kernels', 0.05],
    ['Preparing the graphics device: 5 of 20 kernels', 0.25],
    ['Preparing the graphics device: 9 of 20 kernels', 0.45],
    ['Preparing the graphics device: 13 of 20 kernels', 0.65],
    ['Preparing the graphics device: 17 of 20 kernels', 0.85],
    ['Making it ready'],
  ]);
  expect(executor.onCompiling).toBeNull();
});

test('what is stopped meanwhile ends at the next kernel', async () => {
  const executor = device();
  const { said, say } = conversation();
  const stopped = new AbortController();
  const task = new Task(say, stopped.signal);
  const check = () => task.check();
  const work = preparing(executor, { words: 'Making it ready', say, check }, async () => {
    executor.onCompiling(1, 3);
    stopped.abort();
    executor.onCompiling(2, 3);
  });
  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
  expect(said).toHaveLength(1);
  expect(executor.onCompiling).toBeNull();
});

test('an executor that compiles nothing is left alone', async () => {
  const { said, say } = conversation();
  expect(await preparing({} as Executor, { words: 'Making it ready', say }, async () => 7)).toBe(7);
  expect(said).toEqual([]);
});
