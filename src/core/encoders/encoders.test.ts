import { expect, test } from 'vitest';
import { searchingEncoder, searchOrder } from '../../app/encoders/searchOrder';
import { chooseDefaults } from '../defaults';
import { pretrainedRun } from '../pretrained';
import type { Measure, Run, WeightsFile } from '../records';
import { listEncoders, UNTRAINED } from './encoder';
import type { SearchEvaluation } from './search_evaluation';

const config = chooseDefaults({ count: 400, medianSide: 60, storedSide: 80, imagesPerSecond: 500 });
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

const search: SearchEvaluation = {
  ...{ dataset: 'birds', column: 'folder', refined: true, beside: INCEPTION },
  of: { [INCEPTION]: { measures: [measure('kNN', 0.5)], difference: null } },
};

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
    baselines: [{ of: INCEPTION, step: 0, measures: [measure('kNN', 0.4)] }],
    weights: [],
    bytes: new Map([['old', 1000]]),
    search,
  });
  expect(list.map(({ id }) => id)).toEqual([
    ...['new', 'old', INCEPTION, pretrainedRun('mobilenet-v2'), pretrainedRun('mine.safetensors'), UNTRAINED],
  ]);
  const [shoes, old, inception, mobilenet] = list;
  expect(shoes).toMatchObject({ name: 'Shoes', stale: null, embedded: false });
  expect(old.stale).toBe('embedded at step 200, trained to step 300 since');
  expect(inception).toMatchObject({ stale: null, measures: [{ value: 0.5 }] });
  expect([old.bytes, mobilenet.bytes, mobilenet.embedded]).toEqual([1000, 0, false]);
});

test('shows what search is worth by labels; by views only where labels tell nothing, and a file with its bytes', () => {
  const weights: WeightsFile = {
    ...{ name: 'mine.safetensors', sha256: '1', addedAt: 1, size: 77 },
    encoder: { backbone: 'resnet18', width: 64, stem: 'imagenet' },
  };
  const views = [measure('two-view R@1', 0.9), measure('kNN', 0.4)];
  const listed = (column: string | null) =>
    listEncoders({
      ...{ runs: [], embedded: new Map(), bytes: new Map(), weights: [weights] },
      baselines: [{ of: INCEPTION, step: 0, measures: views }],
      search: { ...search, column },
    });
  const shown = (column: string | null) => listed(column)[0].measures.map(({ name, value }) => [name, value]);
  expect(shown('folder')).toEqual([['kNN', 0.5]]);
  expect(shown(null)).toEqual([['two-view R@1', 0.9]]);
  expect(listed(null).at(-1)).toMatchObject({ name: 'mine.safetensors', bytes: 77, embedded: false });
});

test('a network that comes with the page searches until the user chooses; what is chosen and gone gives way', () => {
  expect(searchOrder({}, 'new')).toEqual([INCEPTION, 'new', UNTRAINED]);
  expect(searchOrder({ searchWith: 'new' }, 'new')).toEqual(['new', INCEPTION, UNTRAINED]);
  expect(searchingEncoder({}, 'new', new Set(['new', UNTRAINED]))).toBe('new');
  expect(searchingEncoder({ searchWith: 'gone' }, null, new Set([UNTRAINED]))).toBe(UNTRAINED);
  expect(searchingEncoder({}, null, new Set())).toBe(null);
});
