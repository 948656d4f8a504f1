import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Executor } from '../../engine/executor';
import { createProcessorExecutor } from '../../engine/processor/executor';
import { constant } from '../../graph/ops/leaves';
import { unitRows } from '../../graph/ops/rows';
import type { Tensor } from '../../graph/tensor';
import { normals } from '../tiny.testing';
import { type Contrast, infoNce } from './info_nce';
import { ntXent, ntXentAmong } from './nt_xent';
import { tripletLoss } from './triplet';

let executor: Executor;
beforeAll(async () => {
  executor = await createProcessorExecutor(1);
});
afterAll(() => executor.dispose());

async function values({ loss, accuracy }: Contrast): Promise<{ loss: number; accuracy: number }> {
  const executable = await executor.compile({ name: 'contrast', outputs: { loss, accuracy }, updates: {} });
  const out = await executable.run({});
  executable.dispose();
  return { loss: out.loss[0], accuracy: out.accuracy[0] };
}

const C = 5;
const rows = (count: number, image: number): Tensor => unitRows(constant(normals(count * C, image), [count, C]));
const same = (count: number): Tensor =>
  constant(
    Float32Array.from({ length: count * C }, (_, i) => (i % C === 0 ? 1 : 0)),
    [count, C],
  );
const ids = (...list: number[]): Tensor => constant(Int32Array.from(list), [list.length]);
const none = (count: number): Tensor => ids(...new Array<number>(count).fill(-1));

test('equal keys: the loss is log(1 + K), whatever the temperature, and no positive wins', async () => {
  for (const temperature of [0.07, 0.2, 1]) {
    const { loss, accuracy } = await values(infoNce(same(3), same(3), same(7), ids(0, 1, 2), none(7), temperature));
    expect(loss).toBeCloseTo(Math.log(1 + 7), 5);
    expect(accuracy).toBe(0);
  }
});

test('a masked key is no negative: with all but one masked the loss is log(1 + 1)', async () => {
  const queueIds = ids(4, 4, 4, 4, 4, -1, 4);
  expect((await values(infoNce(same(1), same(1), same(7), ids(4), queueIds, 0.2))).loss).toBeCloseTo(Math.log(2), 5);
});

test('the mask hides its own keys only: the loss equals that of a queue without those rows', async () => {
  const [q, k] = [rows(1, 0), rows(1, 1)];
  const queue = normals(6 * C, 2);
  const ringOf = (kept: number[]): Tensor =>
    unitRows(
      constant(Float32Array.from(kept.flatMap((i) => [...queue.subarray(i * C, (i + 1) * C)])), [kept.length, C]),
    );
  const masked = await values(infoNce(q, k, ringOf([0, 1, 2, 3, 4, 5]), ids(9), ids(1, 9, 2, 9, 3, -1), 0.2));
  const without = await values(infoNce(q, k, ringOf([0, 2, 4, 5]), ids(9), none(4), 0.2));
  expect(masked.loss).toBeCloseTo(without.loss, 5);
});

test('a perfect positive against opposite negatives: loss log(1 + K exp(-2 / T)), all right', async () => {
  const opposite = constant(
    Float32Array.from({ length: 4 * C }, (_, i) => (i % C === 0 ? -1 : 0)),
    [4, C],
  );
  const { loss, accuracy } = await values(infoNce(same(2), same(2), opposite, ids(0, 1), none(4), 0.5));
  expect(loss).toBeCloseTo(Math.log(1 + 4 * Math.exp(-2 / 0.5)), 5);
  expect(accuracy).toBe(1);
});

test('NT-Xent of equal rows is log(2N - 1): a row is no negative of itself', async () => {
  expect((await values(ntXent(same(8), 0.5))).loss).toBeCloseTo(Math.log(7), 5);
});

test('NT-Xent by the formula, mean over 2N', async () => {
  const z = rows(6, 3);
  const read = await executor.compile({ name: 'rows', outputs: { z }, updates: {} });
  const { z: values_ } = await read.run({});
  const dot = (i: number, j: number) => {
    let sum = 0;
    for (let c = 0; c < C; c++) sum += values_[i * C + c] * values_[j * C + c];
    return sum;
  };
  const one = (i: number) => {
    const others = [0, 1, 2, 3, 4, 5].filter((j) => j !== i).map((j) => Math.exp(dot(i, j) / 0.3));
    return -dot(i, (i + 3) % 6) / 0.3 + Math.log(others.reduce((a, b) => a + b));
  };
  const expected = [0, 1, 2, 3, 4, 5].reduce((sum, i) => sum + one(i), 0) / 6;
  expect((await values(ntXent(z, 0.3))).loss).toBeCloseTo(expected, 5);
});

const lists = (...rows: number[][]): Tensor => constant(Int32Array.from(rows.flat()), [rows.length, rows[0].length]);

test('a row of the queue that any of several ids names is no negative', async () => {
  const queueIds = ids(4, 5, 4, 6, 5, -1, 4);
  const loss = async (excluded: number[]) =>
    (await values(infoNce(same(1), same(1), same(7), lists(excluded), queueIds, 0.2))).loss;
  expect(await loss([4, 5, -2])).toBeCloseTo(Math.log(1 + 2), 5);
  expect(await loss([4, -2, -2])).toBeCloseTo(Math.log(1 + 4), 5);
});

test('NT-Xent among views of which each has its own picture alone excluded is NT-Xent', async () => {
  const z = rows(6, 4);
  const alike = { ids: ids(0, 1, 2, 0, 1, 2), excluded: lists([0, -2], [1, -2], [2, -2], [0, -2], [1, -2], [2, -2]) };
  const [plain, among] = [await values(ntXent(z, 0.3)), await values(ntXentAmong(z, alike, 0.3))];
  expect(among.loss).toBeCloseTo(plain.loss, 5);
  expect(among.accuracy).toBe(plain.accuracy);
});

test('views of neighbours are no negatives: of three pictures, two of them each other’s, one is left', async () => {
  // First views of pictures 0, 1, 2; second ones of 1, 0, 2.
  const alike = { ids: ids(0, 1, 2, 1, 0, 2), excluded: lists([0, 1], [1, 0], [2, -2], [1, 0], [0, 1], [2, -2]) };
  const { loss } = await values(ntXentAmong(same(6), alike, 0.5));
  // Four rows have both views of picture 2 as negatives, two rows the four others.
  expect(loss).toBeCloseTo((4 * Math.log(3) + 2 * Math.log(5)) / 6, 5);
});

test('a neighbour is no negative of a triplet', async () => {
  // Picture 1 lies where 0 does, picture 2 opposite.
  const z = constant(Float32Array.of(1, 0, 1, 0, -1, 0, 1, 0, 1, 0, -1, 0), [6, 2]);
  const apart = { ids: ids(0, 1, 2, 0, 1, 2), excluded: lists([0, 1], [1, 0], [2, -2], [0, 1], [1, 0], [2, -2]) };
  expect((await values(tripletLoss(z, 0.5, apart))).loss).toBeCloseTo(0, 6);
  // Without: of four of the six anchors the nearest negative is as near as the positive, which costs the margin.
  expect((await values(tripletLoss(z, 0.5))).loss).toBeCloseTo((4 * 0.5) / 6, 6);
});
