import { expect, test } from 'vitest';
import { chooseDefaults } from '../defaults';
import type { Run } from '../records';
import { runNames } from './names';

const facts = { count: 400, medianSide: 60, storedSide: 80, imagesPerSecond: 500 };
const config = chooseDefaults(facts, 'moco-v2', 0, null);
const run = (id: string, createdAt: number, batch = 32): Run => ({
  ...{ id, createdAt, dataset: 'birds', status: 'finished', step: 9, seconds: 1, backend: 'cpu', executor: '' },
  config: { ...config, batch },
});

test('runs of one method are told apart by their batches where those differ, else numbered from the oldest', () => {
  expect([...runNames([run('a', 1)]).values()]).toEqual(['MoCo v2']);
  expect(Object.fromEntries(runNames([run('b', 2, 64), run('a', 1)]))).toEqual({
    a: 'MoCo v2, batch 32',
    b: 'MoCo v2, batch 64',
  });
  expect(Object.fromEntries(runNames([run('b', 2), run('a', 1), run('c', 3, 64)]))).toEqual({
    a: 'MoCo v2, run 1',
    b: 'MoCo v2, run 2',
    c: 'MoCo v2, run 3',
  });
});

test('what a run started from is said as soon as one started from anything but random weights', () => {
  const started = run('a', 1);
  const from = { ...started, config: { ...config, start: { bundled: 'inception-v3' } as const } };
  expect(Object.fromEntries(runNames([from, run('b', 2), run('c', 3)]))).toEqual({
    a: 'MoCo v2 from InceptionV3',
    b: 'MoCo v2, random weights, run 1',
    c: 'MoCo v2, random weights, run 2',
  });
});
