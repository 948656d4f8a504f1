import { expect, test } from 'vitest';
import { chooseDefaults } from '../defaults';
import type { Run } from '../records';
import { runNames } from './names';

const { config } = chooseDefaults({ count: 400, medianSide: 60, storedSide: 80, imagesPerSecond: 500 });
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
