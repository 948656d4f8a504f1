import { expect, test } from 'vitest';
import { chooseDefaults } from '../../src/core/defaults';
import { Fault, NoRoom } from '../../src/core/fault';
import { openWithRoom } from './room';

const config = chooseDefaults(
  { count: 5000, medianSide: 60, storedSide: 80, imagesPerSecond: 500 },
  'moco-v2',
  0,
  null,
);

/** A device with room for so many pictures a step: which batches were tried, and what was said. */
async function opened(most: number, cause: unknown = new NoRoom('Too much.')) {
  const tried: number[] = [];
  const said: [string, number][] = [];
  const run = await openWithRoom(
    config,
    5000,
    async ({ batch, learningRate }) => {
      tried.push(batch);
      if (batch > most) throw cause;
      return { batch, learningRate };
    },
    ({ message }, { batch }) => said.push([message, batch]),
  ).catch((failed: unknown) => failed);
  return { run, tried, said };
}

test('a batch that fits is taken as it is, and nothing is said', async () => {
  expect(await opened(128)).toMatchObject({ run: { batch: 128 }, tried: [128], said: [] });
});

test('one that does not is halved until it does, and each time is said', async () => {
  const { run, tried, said } = await opened(40);
  expect(run).toEqual({ batch: 32, learningRate: config.learningRate / 4 });
  expect(tried).toEqual([128, 64, 32]);
  expect(said.map(([, batch]) => batch)).toEqual([64, 32]);
  expect(said[0][0]).toBe('This device has no room for 128 pictures a step, so this run takes 64.');
});

test('after three halvings it is a fault, and so is anything else at once', async () => {
  const { run, tried } = await opened(10);
  expect(run).toMatchObject({ kind: 'memory', message: 'Too much.' });
  expect(tried).toEqual([128, 64, 32, 16]);
  const broken = new Error('no such kernel');
  expect(await opened(1, broken)).toMatchObject({ run: broken, tried: [128], said: [] });
  const gone = new Fault('memory', 'The graphics card has no memory left for this step.');
  expect(await opened(1, gone)).toMatchObject({ run: gone, tried: [128], said: [] });
});
