import { expect, test } from 'vitest';
import { checkConfig } from './check';
import { chooseDefaults } from './defaults';
import { withHalfBatch } from './halve';

const facts = { count: 5000, medianSide: 60, storedSide: 80, imagesPerSecond: 500 };
const config = chooseDefaults(facts);

test('a run with half the batch is as if it had been chosen so: rate, queue and groups follow', () => {
  const half = withHalfBatch(config, facts.count);
  expect(half).toMatchObject({ batch: config.batch / 2, learningRate: config.learningRate / 2 });
  expect((half?.queue ?? 0) % (half?.batch ?? 1)).toBe(0);
  expect(checkConfig(half ?? config, facts)).toEqual([]);
  const small = { ...chooseDefaults({ ...facts, count: 20 }) };
  expect(checkConfig(withHalfBatch(small, 20) ?? small, { ...facts, count: 20 })).toEqual([]);
});

test('a queue that was chosen, and one that is a checkpoint\u2019s, stay', () => {
  expect(withHalfBatch({ ...config, queue: 2 * config.batch }, facts.count)?.queue).toBe(2 * config.batch);
  expect(withHalfBatch(config, null)?.queue).toBe(config.queue);
});

test('two pictures cannot be halved, and odd batches leave groups of two at least', () => {
  expect(withHalfBatch({ ...config, batch: 3 }, null)).toBeNull();
  expect(withHalfBatch({ ...config, batch: 6, groups: 2, queue: 12 }, null)).toMatchObject({ batch: 3, groups: 1 });
});
