import { afterAll, expect, test } from 'vitest';
import { Draws } from '../../src/core/random';
import { createPlanExecutor, type PlanOptions } from '../../src/engine/plan/executor';
import { SOFTWARE } from '../../src/engine/plan/tuning';
import { CosineIndex } from '../../src/evaluate/nearest';
import { byLoop } from '../../src/evaluate/neighbours/neighbours';
import { onDevice } from '../../src/evaluate/neighbours/on_device';
import type { Rows } from '../../src/evaluate/rows';
import { allRows } from '../../src/evaluate/sample';

const adapter = (await navigator.gpu.requestAdapter()) as GPUAdapter;
const device = await adapter.requestDevice();
device.addEventListener('uncapturederror', ({ error }) => {
  throw new Error(error.message);
});
afterAll(() => device.destroy());

const normal = (count: number, dim: number): Rows => {
  const draws = new Draws({ seed: 1, purpose: 'sample' });
  return { values: Float32Array.from({ length: count * dim }, () => draws.normal()), count, dim };
};
const changed = (rows: Rows, change: (value: number, at: number) => number): Rows => ({
  ...rows,
  values: rows.values.map(change),
});
const ten = normal(10, 10).values;

const SETS: [what: string, rows: Rows, k: number][] = [
  ['random rows', normal(260, 64), 20],
  ['rows that are no whole vec4', normal(150, 13), 9],
  ['long rows', normal(90, 771), 5],
  ['fewer rows than neighbours', normal(11, 6), 40],
  ['whole numbers full of ties', changed(normal(200, 5), Math.round), 15],
  ['one row again and again', changed(normal(70, 8), (_, at) => 1 + (at % 8)), 6],
  ['each row twenty times', changed(normal(200, 10), (_, at) => ten[at % 100]), 12],
  ['a crowd about one direction', changed(normal(150, 32), (value, at) => (at % 32 ? 1e-4 * value : 1)), 8],
  ['some rows of zeros', changed(normal(100, 7), (value, at) => (Math.floor(at / 7) % 5 ? value : 0)), 30],
];

/** A search that the device is made to do, though it is software, and what its executor holds after it and held at most. */
async function forced(
  rows: Rows,
  k: number,
  queries: Int32Array,
  { cut = 'direct' as const, ...options }: Options = {},
) {
  const executor = createPlanExecutor(device, { ...SOFTWARE, searchVariant: cut }, options);
  const table = await onDevice((unit, dim) => executor.uploadRows(unit, dim), 0).ofRows(rows, queries, k);
  const [held, peak] = [executor.bytesHeld(), executor.peakMemory().bytes];
  executor.dispose();
  return { table, held, peak };
}
type Options = PlanOptions & { cut?: 'direct' | 'tiled' };

test.each(SETS)('the device finds what the loop finds, to the last bit: %s', async (_, rows, k) => {
  const some = allRows(rows.count).filter((row) => row % 3 === 1);
  for (const queries of [allRows(rows.count), some])
    expect((await forced(rows, k, queries)).table).toEqual(await byLoop.ofRows(rows, queries, k));
});

test.each(SETS.slice(0, 2))('and with its products cut as for a graphics card: %s', async (_, rows, k) => {
  const queries = allRows(70);
  expect((await forced(rows, k, queries, { cut: 'tiled' })).table).toEqual(await byLoop.ofRows(rows, queries, k));
});

test('of random rows it needs no help, and gives back what it took', async () => {
  const rows = normal(200, 32);
  const loop = CosineIndex.prototype.nearestOfRows;
  const right = await byLoop.ofRows(rows, allRows(200), 10);
  CosineIndex.prototype.nearestOfRows = () => {
    throw new Error('the loop was asked');
  };
  try {
    const { table, held, peak } = await forced(rows, 10, allRows(200));
    expect(table).toEqual(right);
    expect(held).toBe(0);
    expect(peak).toBeGreaterThan(200 * 32 * 4);
  } finally {
    CosineIndex.prototype.nearestOfRows = loop;
  }
});

test.each([100, 5000])('a device that gives %i bytes at a time leaves it to the loop', async (room) => {
  const rows = normal(200, 16);
  const { table, held } = await forced(rows, 7, allRows(200), { room });
  expect(table).toEqual(await byLoop.ofRows(rows, allRows(200), 7));
  expect(held).toBe(0);
});

test('so does one that is lost, before or in the middle', async () => {
  const rows = normal(200, 16);
  const right = await byLoop.ofRows(rows, allRows(200), 7);
  for (const middle of [false, true]) {
    const own = await ((await navigator.gpu.requestAdapter()) as GPUAdapter).requestDevice();
    const executor = createPlanExecutor(own);
    if (!middle) own.destroy();
    const neighbours = onDevice(async (unit, dim) => {
      const bank = await executor.uploadRows(unit, dim);
      const found = bank.find.bind(bank);
      bank.find = (...asked) => {
        const finding = found(...asked);
        own.destroy();
        return finding;
      };
      return bank;
    }, 0);
    expect(await neighbours.ofRows(rows, allRows(200), 7)).toEqual(right);
  }
});
