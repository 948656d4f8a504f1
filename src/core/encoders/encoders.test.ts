import { expect, test } from 'vitest';
import { chooseDefaults } from '../defaults';
import { pretrainedRun } from '../pretrained';
import type { Evaluation, Measure, Run } from '../records';
import { listEncoders, UNTRAINED } from './encoder';
import { searchingEncoder, searchOrder } from './searching';
import { encoderVerdict, intervalOf, tellingMeasure } from './verdict';

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
const evaluation = (...measures: Measure[]): Evaluation => ({ of: 'run', step: 300, measures });
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
  expect(inception).toMatchObject({ state: 'embedded', evaluation: { measures: [{ value: 0.5 }] } });
  expect(mobilenet.embedded).toBe(false);
});

test('a network that comes with the page searches until the user chooses; what is chosen and gone gives way', () => {
  expect(searchOrder({}, 'new')).toEqual([INCEPTION, 'new', UNTRAINED]);
  expect(searchOrder({ searchWith: 'new' }, 'new')).toEqual(['new', INCEPTION, UNTRAINED]);
  expect(searchingEncoder({}, 'new', new Set(['new', UNTRAINED]))).toBe('new');
  expect(searchingEncoder({ searchWith: 'gone' }, null, new Set([UNTRAINED]))).toBe(UNTRAINED);
  expect(searchingEncoder({}, null, new Set())).toBe(null);
});

// Two standard errors of a difference of shares of 400 queries at .5 are .07.
test.each([
  [0.6, 'better'],
  [0.53, 'same'],
  [0.4, 'worse'],
])('kNN of %f beside .5 of 400 queries is %s', (value, outcome) => {
  const verdict = encoderVerdict(
    { name: 'Shoes', evaluation: evaluation(measure('kNN', value)) },
    { name: 'InceptionV3', evaluation: evaluation(measure('kNN', 0.5)) },
  );
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.text).toContain('InceptionV3');
});

test('views of different recipes tell nothing', () => {
  const [natural, grey] = (['natural', 'grey'] as const).map((recipe) => ({
    name: recipe,
    evaluation: evaluation({ ...measure('two-view R@1', recipe === 'grey' ? 0.1 : 0.9), recipe }),
  }));
  expect(encoderVerdict(natural, grey).outcome).toBe('unknown');
});

test('labels tell before views do, and a share without interval has one by its queries', () => {
  const shown = tellingMeasure({ evaluation: evaluation(measure('two-view R@1', 0.9), measure('kNN', 0.5)) });
  expect(shown?.name).toBe('kNN');
  const interval = intervalOf(measure('kNN', 0.5, 398));
  expect(interval?.low).toBeCloseTo(0.45, 6); // 2 sqrt(.25 / 400)
  expect(interval?.high).toBeCloseTo(0.55, 6);
});
