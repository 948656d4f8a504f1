import { expect, test } from 'vitest';
import { BackgroundQueue } from './background';
import type { Task } from './task';

/** Work of `steps` pauses that goes on from where it was stopped, and writes down what it does. */
function resumable(log: string[], name: string, steps: number) {
  let done = 0;
  return async (task: Task): Promise<void> => {
    while (done < steps) {
      await task.pause();
      log.push(`${name} ${++done}`);
    }
  };
}

const always = () => true;
const fail = (cause: unknown): never => {
  throw cause;
};

test('work that gives way is begun again and goes on; nothing is done twice', async () => {
  const log: string[] = [];
  const queue = new BackgroundQueue(() => undefined, fail);
  queue.add('birds', 'embed', resumable(log, 'embed', 3));
  queue.add('birds', 'baseline', resumable(log, 'baseline', 1));
  let free = true;
  const first = queue.run(() => free);
  free = false;
  queue.giveWay();
  await first;
  expect(log).toEqual([]);
  await queue.run(always);
  expect(log).toEqual(['embed 1', 'embed 2', 'embed 3', 'baseline 1']);
  await queue.run(always);
  expect(log).toHaveLength(4);
});

test('the data set that was chosen last goes first, and the other goes on after it', async () => {
  const log: string[] = [];
  const queue = new BackgroundQueue(() => undefined, fail);
  queue.add('birds', 'embed', resumable(log, 'birds', 2));
  const running = queue.run(always);
  queue.add('fish', 'embed', resumable(log, 'fish', 2));
  await running;
  expect(log).toEqual(['fish 1', 'fish 2', 'birds 1', 'birds 2']);
});

test('what is cancelled ends and is not begun again, and its end is said', async () => {
  const log: string[] = [];
  const said: string[] = [];
  const queue = new BackgroundQueue((_, message) => said.push(message), fail);
  queue.add('birds', 'embed', async (task) => {
    task.say('Embedding', 0.5);
    await resumable(log, 'embed', 2)(task);
  });
  queue.add('birds', 'baseline', resumable(log, 'baseline', 1));
  const running = queue.run(always);
  queue.cancel('birds', 'embed');
  await running;
  expect(log).toEqual(['baseline 1']);
  expect(said).toEqual(['Embedding', '', '']);
});

test('work that fails is told and left, and does not keep the rest from being done', async () => {
  const log: string[] = [];
  const queue = new BackgroundQueue(
    () => undefined,
    (cause) => log.push(String(cause)),
  );
  queue.add('birds', 'embed', () => Promise.reject(new Error('no network')));
  queue.add('birds', 'baseline', resumable(log, 'baseline', 1));
  await queue.run(always);
  await queue.run(always);
  expect(log).toEqual(['Error: no network', 'baseline 1']);
});
