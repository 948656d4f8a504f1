import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NamedArray } from '../../core/records';
import type { Executor } from '../../engine/executor';
import { createProcessorExecutor } from '../../engine/processor/executor';
import { leaves } from '../../graph/program';
import { encoderWeights } from '../encoder';
import { QUEUE, QUEUE_IDS } from '../queue';
import { expectClose, normals, TINY_ENCODER, TINY_MOCO } from '../tiny.testing';
import { isParameter } from '../weights';
import { initialMoco, inversePermutation, type MocoBatch, type MocoSettings, mocoFeeds, mocoStep } from './moco';

let executor: Executor;
beforeAll(async () => {
  executor = await createProcessorExecutor(1);
});
afterAll(() => executor.dispose());

const { batch: N, queue: K } = TINY_MOCO;
const C = TINY_ENCODER.dim;
const VIEW = N * 8 * 8 * 3;

const batch = (change: Partial<MocoBatch> = {}): MocoBatch => ({
  query: normals(VIEW, 1),
  key: normals(VIEW, 2),
  ids: Int32Array.of(5, 6, 7, 8),
  order: Int32Array.of(0, 1, 2, 3),
  learningRate: 0.1,
  keyMomentum: 0.9,
  pointer: 0,
  ...change,
});

type Variables = Record<string, NamedArray>;

/** One step from given variables (or fresh ones): outputs and the variables after it. */
async function step(change: Partial<MocoSettings> = {}, fed: Partial<MocoBatch> = {}, from?: Variables) {
  const settings = { ...TINY_MOCO, ...change };
  const variables = from ?? initialMoco(TINY_ENCODER, settings.queue, 1);
  executor.write(variables);
  const executable = await executor.compile(mocoStep(TINY_ENCODER, settings));
  const { loss, accuracy, featureStd } = await executable.run(mocoFeeds(settings, batch(fed)));
  executable.dispose();
  const after: Variables = await executor.read(Object.keys(variables));
  return { loss: loss[0], accuracy: accuracy[0], featureStd: featureStd[0], before: variables, after };
}

const row = ({ data }: NamedArray, i: number): number[] => [...data.subarray(i * C, (i + 1) * C)];
const blended = (old: NamedArray, next: NamedArray, share: number): number[] =>
  Array.from(old.data, (value, i) => (1 - share) * value + share * next.data[i]);
const length = (x: number[]): number => Math.hypot(...x);

test('keys overwrite the rows from the pointer on, with their ids, and every row keeps length 1', async () => {
  const { before, after } = await step({}, { pointer: 10 });
  for (let i = 0; i < K; i++) expect(length(row(after[QUEUE], i))).toBeCloseTo(1, 5);
  expect([...after[QUEUE_IDS].data]).toEqual([7, 8, -1, -1, -1, -1, -1, -1, -1, -1, 5, 6]);
  for (let i = 2; i < 10; i++) expect(row(after[QUEUE], i)).toEqual(row(before[QUEUE], i));
  expect(row(after[QUEUE], 10)).not.toEqual(row(before[QUEUE], 10));
});

test('the logits see the queue as it was: what the step enqueues, and where, leaves its loss alone', async () => {
  const [here, there] = [await step({}, { pointer: 0 }), await step({}, { pointer: 5 })];
  expect(there.loss).toBe(here.loss);
});

test("a picture's own old keys are no negatives", async () => {
  const fresh = initialMoco(TINY_ENCODER, K, 1);
  const owned = { ...fresh, [QUEUE_IDS]: { shape: [K], data: new Int32Array(K).fill(5) } };
  const all = { ...fresh, [QUEUE_IDS]: { shape: [K], data: Int32Array.from({ length: K }, (_, i) => 5 + (i % 4)) } };
  const [none, one, some] = [await step(), await step({}, {}, owned), await step({}, {}, all)];
  expect(one.loss).toBeLessThan(none.loss);
  expect(some.loss).toBeLessThan(none.loss);
  const alone = await step({}, { ids: Int32Array.of(5, 5, 5, 5) }, owned);
  // No negative is left anywhere: log(1).
  expect(alone.loss).toBeCloseTo(0, 6);
  expect(alone.accuracy).toBe(1);
});

test('the key encoder follows before its keys are made, parameters only', async () => {
  // All of the way: with weights of its own it puts out the very keys of a run whose key encoder has the query's.
  const fresh = initialMoco(TINY_ENCODER, K, 1);
  const other = initialMoco(TINY_ENCODER, K, 2);
  const strange = Object.fromEntries(
    Object.entries(fresh).map(([name, values]) => [name, name.startsWith('key.') ? other[name] : values]),
  );
  const [copy, led] = [await step({}, { keyMomentum: 0 }), await step({}, { keyMomentum: 0 }, strange)];
  expect(led.after[QUEUE]).toEqual(copy.after[QUEUE]);
  expect(led.loss).toBe(copy.loss);
  const still = await step({}, { keyMomentum: 1 }, strange);
  for (const spec of encoderWeights(TINY_ENCODER).filter(isParameter))
    expect(still.after[`key.${spec.name}`]).toEqual(other[`key.${spec.name}`]);
});

test('theta_k = m theta_k + (1 - m) theta_q, with the query as it was before its own step', async () => {
  const first = await step();
  const second = await step({}, { query: normals(VIEW, 3), keyMomentum: 0.75 }, first.after);
  for (const { name } of encoderWeights(TINY_ENCODER).filter(isParameter)) {
    const [k, q, next] = [first.after[`key.${name}`], first.after[`query.${name}`], second.after[`key.${name}`]];
    expectClose(next.data, blended(k, q, 0.25));
  }
});

test('no gradient reaches the key encoder, and the velocities are the query’s alone', async () => {
  const { after } = await step({}, { keyMomentum: 1 });
  const fresh = initialMoco(TINY_ENCODER, K, 1);
  for (const spec of encoderWeights(TINY_ENCODER).filter(isParameter)) {
    expect(after[`key.${spec.name}`]).toEqual(fresh[`key.${spec.name}`]);
    expect(after[`query.${spec.name}`]).not.toEqual(fresh[`query.${spec.name}`]);
  }
});

test('weight decay is in the step: w loses rate x decay x w more, all weights or convolutions and linears only', async () => {
  const [without, all, some] = [
    await step({ weightDecay: 0 }),
    await step({ weightDecay: 0.1 }),
    await step({ weightDecay: 0.1, decayAll: false }),
  ];
  for (const { name, role } of encoderWeights(TINY_ENCODER).filter(isParameter)) {
    const variable = `query.${name}`;
    const decays = role === 'convolution' || role === 'linear';
    const [free, start] = [without.after[variable].data, without.before[variable].data];
    const pulled = Array.from(free, (value, i) => value - 0.1 * 0.1 * start[i]);
    expectClose(all.after[variable].data, pulled);
    expectClose(some.after[variable].data, decays ? pulled : free);
  }
});

test('symmetric: mean of the two halves against one snapshot, momentum once, both halves enqueued after', async () => {
  const { query, key } = batch();
  const [there, back] = [await step(), await step({}, { query: key, key: query })];
  const both = await step({ symmetric: true });
  expect(both.loss).toBeCloseTo((there.loss + back.loss) / 2, 5);
  for (let i = 0; i < N; i++) {
    expectClose(row(both.after[QUEUE], i), row(there.after[QUEUE], i));
    expectClose(row(both.after[QUEUE], N + i), row(back.after[QUEUE], i));
  }
  expect([...both.after[QUEUE_IDS].data.subarray(0, 2 * N)]).toEqual([5, 6, 7, 8, 5, 6, 7, 8]);
  for (const { name } of encoderWeights(TINY_ENCODER).filter(isParameter))
    expect(both.after[`key.${name}`]).toEqual(there.after[`key.${name}`]);
});

test('symmetric: the running statistics move twice, first by the one half and then by the other', async () => {
  const { query, key } = batch();
  const [there, back] = [await step(), await step({}, { query: key, key: query })];
  const both = await step({ symmetric: true });
  const name = 'query.bn1.running_mean';
  // From 0: one half alone gives a tenth of its mean.
  const expected = Array.from(there.after[name].data, (value, c) => 0.9 * value + back.after[name].data[c]);
  expectClose(both.after[name].data, expected);
});

test('the shuffle changes keys under grouped batch norm and is undone after; under ordinary batch norm it does nothing', async () => {
  const order = Int32Array.of(2, 0, 3, 1);
  const ordinary = await step({}, { order });
  const plain = await step();
  expect(ordinary.loss).toBeCloseTo(plain.loss, 5);
  for (let i = 0; i < N; i++) expectClose(row(ordinary.after[QUEUE], i), row(plain.after[QUEUE], i), 4);

  const [still, shuffled] = [await step({ groups: 2 }), await step({ groups: 2 }, { order })];
  expect(Math.abs(shuffled.loss - still.loss)).toBeGreaterThan(1e-4);
  // Within the groups nothing depends on the order: swapping inside each is no shuffle.
  const inside = await step({ groups: 2 }, { order: Int32Array.of(1, 0, 3, 2) });
  expect(inside.loss).toBeCloseTo(still.loss, 5);
});

test('running variance is unbiased and averaged over the groups, as PyTorch keeps it', async () => {
  const { after } = await step({ groups: 2, keyNorm: 'eman' });
  const one = await step({ groups: 1, keyNorm: 'eman' });
  // Means over equal groups average to the mean of all; variances within groups do not.
  expectClose(after['query.bn1.running_mean'].data, one.after['query.bn1.running_mean'].data, 6);
  expect(after['query.bn1.running_var'].data).not.toEqual(one.after['query.bn1.running_var'].data);
});

test('EMAN: all state follows, statistics too, the keys see no batch statistics and need no shuffle', async () => {
  const first = await step({ keyNorm: 'eman' });
  const second = await step({ keyNorm: 'eman' }, { keyMomentum: 0.5 }, first.after);
  for (const { name } of encoderWeights(TINY_ENCODER)) {
    const [k, q, next] = [first.after[`key.${name}`], first.after[`query.${name}`], second.after[`key.${name}`]];
    expectClose(next.data, blended(k, q, 0.5));
  }
  const program = mocoStep(TINY_ENCODER, { ...TINY_MOCO, keyNorm: 'eman' });
  expect([...leaves(program, 'input').keys()].sort()).toEqual(['ids', 'key views', 'query views']);
  // A key depends on its own picture alone: with the others changed, it is the same to the bit.
  const key = normals(VIEW, 2);
  key.set(normals(VIEW - VIEW / N, 8), VIEW / N);
  const changed = await step({ keyNorm: 'eman' }, { key });
  expect(row(changed.after[QUEUE], 0)).toEqual(row(first.after[QUEUE], 0));
  expect(row(changed.after[QUEUE], 1)).not.toEqual(row(first.after[QUEUE], 1));
});

test('feature std is sqrt(C) x the mean deviation of the queries’ columns: 0 when all pictures are one', async () => {
  const one = normals(VIEW / N, 4);
  const query = new Float32Array(VIEW);
  for (let i = 0; i < N; i++) query.set(one, (i * VIEW) / N);
  expect((await step({}, { query })).featureStd).toBeLessThan(1e-3);
  expect((await step()).featureStd).toBeGreaterThan(0.05);
});

test('an inverse permutation undoes its permutation', () => {
  const order = Int32Array.of(2, 0, 3, 1);
  const inverse = inversePermutation(order);
  expect([...order].map((_, i) => order[inverse[i]])).toEqual([0, 1, 2, 3]);
});
