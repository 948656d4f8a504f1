import { expect, test } from 'vitest';
import { chooseDefaults } from '../defaults';
import { pretrainedRun } from '../pretrained';
import type { Measure, Run } from '../records';
import { listEncoders, UNTRAINED } from './encoder';
import { searchingEncoder, searchOrder } from './searching';

const { config } = chooseDefaults({ count: 400, medianSide: 60, storedSide: 80, imagesPerSecond: 500 });
const run = (id: string, createdAt: number, more: Partial<Run> = {}): Run => ({
  ...{ id, createdAt, dataset: 'birds', config, status: 'finished', step: 300 },
  ...{ seconds: 1, backend: 'cpu', executor: 'plan', ...more },
});
const measure = (name: Measure['name'], value: number, queries = 400): Measure => ({
  name,
  value,
  queries,
  protocol: '',
});
const INCEPTION = pretrainedRun('inception-v3');

test('lists runs newest first, then the networks, files and the untrained encoder that embedded', () => {
  const list = listEncoders({
    runs: [
      { run: run('old', 1), evaluation: null },
      { run: run('new', 2, { name: 'Shoes' }), evaluation: null },
    ],
    embedded: new Map([
      ['old', 200],
      [INCEPTION, 0],
      [UNTRAINED, 0],
      [pretrainedRun('mine.safetensors'), 0],
    ]),
    baselines: [{ of: INCEPTION, step: 0, measures: [measure('kNN', 0.5)] }],
    weights: [],
  });
  expect(list.map(({ id }) => id)).toEqual([
    ...['new', 'old', INCEPTION, pretrainedRun('mobilenet-v2'), pretrainedRun('mine.safetensors'), UNTRAINED],
  ]);
  const [shoes, old, inception, mobilenet] = list;
  expect(shoes).toMatchObject({ name: 'Shoes', state: 'not embedded', embedded: false });
  expect(old.state).toBe('embedded at step 200, trained to step 300 since');
  expect(inception).toMatchObject({ state: 'embedded', measures: [{ value: 0.5 }] });
  expect(mobilenet.embedded).toBe(false);
});

test('a network that comes with the page searches until the user chooses; what is chosen and gone gives way', () => {
  expect(searchOrder({}, 'new')).toEqual([INCEPTION, 'new', UNTRAINED]);
  expect(searchOrder({ searchWith: 'new' }, 'new')).toEqual(['new', INCEPTION, UNTRAINED]);
  expect(searchingEncoder({}, 'new', new Set(['new', UNTRAINED]))).toBe('new');
  expect(searchingEncoder({ searchWith: 'gone' }, null, new Set([UNTRAINED]))).toBe(UNTRAINED);
  expect(searchingEncoder({}, null, new Set())).toBe(null);
});
