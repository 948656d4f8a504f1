import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Executor } from '../../engine/executor';
import { createProcessorExecutor } from '../../engine/processor/executor';
import { constant } from '../../graph/ops/leaves';
import { unitRows } from '../../graph/ops/rows';
import type { Tensor } from '../../graph/tensor';
import { normals } from '../tiny.testing';
import { dcl } from './dcl';
import { tripletLoss } from './triplet';

let executor: Executor;
beforeAll(async () => {
  executor = await createProcessorExecutor(1);
});
afterAll(() => executor.dispose());

async function values(outputs: Record<string, Tensor>): Promise<Record<string, number>> {
  const executable = await executor.compile({ name: 'loss', outputs, updates: {} });
  const out = await executable.run({});
  executable.dispose();
  return Object.fromEntries(Object.entries(out).map(([name, [value]]) => [name, value]));
}

const rows = (...list: number[][]): Tensor => constant(Float32Array.from(list.flat()), [list.length, list[0].length]);
const same = (count: number): Tensor => rows(...Array.from({ length: count }, () => [1, 0, 0]));
/** The angle in degrees on a circle. */
const at = (degrees: number): number[] => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
const squaredDistance = (degrees: number): number => 2 - 2 * Math.cos((degrees * Math.PI) / 180);

test('equal rows cost the margin, each of them', async () => {
  expect(await values({ ...tripletLoss(same(6), 0.3) })).toMatchObject({
    loss: expect.closeTo(0.3, 6),
    active: 1,
    accuracy: 0,
  });
});

test('negatives beyond the margin cost nothing', async () => {
  const z = rows(at(0), at(90), at(0), at(90));
  expect(await values({ ...tripletLoss(z, 1.9) })).toEqual({ loss: 0, active: 0, accuracy: 1 });
});

test('the negative is the nearest that is farther than the positive, not one that is nearer', async () => {
  // Pictures at 0 and 20, 10 and 60 degrees. Anchor 0: its positive is 20 away, negatives at 10 (nearer) and 60.
  const z = rows(at(0), at(10), at(20), at(60));
  const d = squaredDistance;
  // Anchor: positive, the semi-hard or else hardest negative, all in degrees of distance.
  const triplets = [
    [20, 60], // 0: 60 is semi-hard, 10 is too hard
    [50, 10], // 10: both negatives, 10 and 10 away, are nearer than the positive: the hardest
    [20, 40], // 20: 40 is semi-hard, 10 too hard
    [50, 60], // 60: 60 is semi-hard, 40 too hard
  ];
  const margin = 1.5;
  const hinges = triplets.map(([positive, negative]) => Math.max(0, d(positive) - d(negative) + margin));
  const { loss, active } = await values({ ...tripletLoss(z, margin) });
  expect(loss).toBeCloseTo(hinges.reduce((a, b) => a + b) / 4, 5);
  expect(active).toBe(1);
  // With a small margin no negative lies in its window for three of the anchors: the hardest is taken.
  const small = await values({ ...tripletLoss(z, 0.1) });
  const hardest = [d(20) - d(10), d(50) - d(10), d(20) - d(10), d(50) - d(40)].map((x) => Math.max(0, x + 0.1));
  expect(small.loss).toBeCloseTo(hardest.reduce((a, b) => a + b) / 4, 5);
});

test('DCL of equal rows is log(2N - 2): neither a row itself nor its partner is in the denominator', async () => {
  for (const temperature of [0.1, 1])
    expect((await values({ ...dcl(same(8), temperature) })).loss).toBeCloseTo(Math.log(6), 5);
});

test('DCL by the formula, mean over 2N', async () => {
  const z = unitRows(constant(normals(30, 3), [6, 5]));
  const executable = await executor.compile({ name: 'rows', outputs: { z }, updates: {} });
  const { z: unit } = await executable.run({});
  const logit = (i: number, j: number) =>
    [0, 1, 2, 3, 4].reduce((sum, c) => sum + unit[i * 5 + c] * unit[j * 5 + c], 0) / 0.3;
  const six = [0, 1, 2, 3, 4, 5];
  const one = (i: number) =>
    -logit(i, (i + 3) % 6) +
    Math.log(six.filter((j) => j % 3 !== i % 3).reduce((sum, j) => sum + Math.exp(logit(i, j)), 0));
  const expected = six.reduce((sum, i) => sum + one(i), 0) / 6;
  expect((await values({ ...dcl(z, 0.3) })).loss).toBeCloseTo(expected, 5);
});
