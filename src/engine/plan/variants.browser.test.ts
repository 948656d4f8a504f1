import { expect, test } from 'vitest';
import { NoRoom } from '../../core/fault';
import { matMul, mean } from '../../graph/ops/arithmetic';
import { conv2d } from '../../graph/ops/convolution';
import { gradients, variable } from '../../graph/ops/leaves';
import type { Executor } from '../executor';
import { openGraphics } from '../graphics';
import { createProcessorExecutor } from '../processor/executor';
import { drawn, weighted } from '../testing/check';
import { createPlanExecutor } from './executor';
import { VARIANTS_VERSION } from './kernels/geometry';
import { HARDWARE, type KernelVariant, SOFTWARE } from './tune/tuning';

const { device } = await openGraphics();
device.addEventListener('uncapturederror', ({ error }) => {
  throw new Error(error.message);
});

const x = (...shape: number[]) => variable('x', shape);
const w = (...shape: number[]) => variable('w', shape);

/** The largest difference, in shares of the largest value. */
const distance = (made: Float32Array, right: Float32Array): number =>
  Math.max(...right.map((value, i) => Math.abs(value - made[i]))) / Math.max(...right.map(Math.abs));

/** Sizes that are no multiples of a tile's, several tiles of pixels and of channels, both strides, channels not in fours. */
const convolutions = [
  [3, 9, 7, 20, 72, 3, 1],
  [2, 13, 13, 16, 16, 3, 2],
  [5, 8, 8, 68, 8, 1, 1],
  [4, 12, 11, 3, 24, 5, 2],
  [2, 14, 10, 36, 3, 3, 1],
];
test.each(convolutions)(
  'a convolution of %i x %i x %i x %i to %i by %i / %i and its gradients are a processor’s in workgroups of any size',
  async (...sizes) => {
    const [batch, height, width, inputs, outputs, window, stride] = sizes;
    const values = { x: drawn([batch, height, width, inputs], 3), w: drawn([window, window, inputs, outputs], 4) };
    const [from, filter] = [x(...values.x.shape), w(...values.w.shape)];
    const y = conv2d(from, filter, { stride, padding: (window - 1) / 2 });
    const [dx, dw] = gradients(weighted(y), [from, filter]);
    const of = async (executor: Executor) => {
      executor.write(values);
      const made = await (await executor.compile({ name: 'product', outputs: { y, dx, dw }, updates: {} })).run({});
      executor.dispose();
      return made;
    };
    const right = await of(await createProcessorExecutor());
    for (const tuning of [SOFTWARE, HARDWARE, { ...HARDWARE, variantOf: () => 'fewer' as const }]) {
      const made = await of(createPlanExecutor(device, tuning));
      for (const name of Object.keys(right)) expect(distance(made[name], right[name])).toBeLessThan(1e-5);
    }
  },
);

test('the gradient of a filter is the same in fewer and in more parts', async () => {
  const values = { x: drawn([8, 16, 16, 4], 7), w: drawn([3, 3, 4, 8], 8) };
  const filter = w(...values.w.shape);
  const y = conv2d(x(...values.x.shape), filter, { padding: 1 });
  const gradient = gradients(weighted(y), [filter])[0];
  const made = await Promise.all(
    (['usual', 'fewer', 'more'] as const).map(async (variant) => {
      const executor = createPlanExecutor(device, { ...SOFTWARE, variantOf: () => variant });
      executor.write(values);
      const compiled = await executor.compile({ name: 'gradient', outputs: { gradient }, updates: {} });
      const result = { values: (await compiled.run({})).gradient, bytes: executor.bytesHeld() };
      executor.dispose();
      return result;
    }),
  );
  const [usual, fewer, more] = made;
  for (const other of [fewer, more]) expect(distance(other.values, usual.values)).toBeLessThan(1e-5);
  // Each part lies in memory of its own.
  expect(fewer.bytes).toBeLessThan(usual.bytes);
  expect(more.bytes).toBeGreaterThan(usual.bytes);
});

test('the variants of a product are measured once on a device, gradients of what it learns alone', async () => {
  const { executor, known, told } = measuring();
  const before = executor.bytesHeld();
  const [filter, fixed] = [variable('v', [3, 3, 3, 4]), w(3, 3, 4, 4)];
  const loss = mean(conv2d(conv2d(x(2, 16, 32, 3), filter, { padding: 1 }), fixed, { padding: 1 }));
  const step = { name: 'step', outputs: { loss, gradient: gradients(loss, [filter])[0] }, updates: {} };
  for (let time = 0; time < 2; time++) (await executor.compile(step)).dispose();
  const [first, second] = ['3, 3 x 3 x 4', '4, 3 x 3 x 4'].map(
    (sizes) => `conv2d, variants ${VARIANTS_VERSION}, 2 x 16 x 32 x ${sizes} / 1 + 1`,
  );
  expect(told.sort()).toEqual([first, `${first}, gradient of its filter`, second].sort());
  expect(['usual', 'fewer']).toContain(known.get(`${first}, gradient of its filter`));
  expect(executor.bytesHeld()).toBe(before);
  executor.dispose();
});

/** A small card: so split-K has variants in small products. */
const CARD = { ...HARDWARE, threads: 512 };

/** An executor that keeps in `known` what it measures. */
function measuring(room?: number) {
  const known = new Map<string, KernelVariant>();
  const told: string[] = [];
  const set = (key: string, variant: KernelVariant) => {
    told.push(key);
    known.set(key, variant);
  };
  return {
    known,
    told,
    executor: createPlanExecutor(device, CARD, { room, choices: { get: (key) => known.get(key), set } }),
  };
}
const SMALL = { x: drawn([2, 4, 4, 4], 1), w: drawn([3, 3, 4, 8], 2) };
const small = { name: 'small', outputs: { y: conv2d(x(2, 4, 4, 4), w(3, 3, 4, 8)) }, updates: {} };
const other = { name: 'other', outputs: { y: conv2d(x(2, 4, 4, 4), w(3, 3, 4, 8), { padding: 1 }) }, updates: {} };

test('programs compiled side by side are measured one after the other, each product once', async () => {
  const { executor, told } = measuring();
  executor.write(SMALL);
  const before = executor.bytesHeld();
  const made = await Promise.all([small, other, small].map((program) => executor.compile(program)));
  expect(told.map((key) => key.match(/\+ \d/)?.[0])).toEqual(['+ 0', '+ 1']);
  const [first, , again] = await Promise.all(made.map((plan) => plan.run({})));
  expect(again.y).toEqual(first.y);
  for (const plan of made) plan.dispose();
  expect(executor.bytesHeld()).toBe(before);
  executor.dispose();
});

test('beside a run nothing is measured and nothing kept; after it, it is', async () => {
  const { executor, told } = measuring();
  executor.write(SMALL);
  const plan = await executor.compile({ name: 'mean', outputs: { y: mean(x(2, 4, 4, 4)) }, updates: {} });
  const running = plan.run({});
  const beside = await executor.compile(small);
  expect(told).toEqual([]);
  await running;
  const after = await executor.compile(small);
  expect(told).toHaveLength(1);
  const [one, two] = [await beside.run({}), await after.run({})];
  expect(distance(two.y, one.y)).toBeLessThan(1e-5);
  executor.dispose();
});

test('nothing is measured for what is refused, and a variant without room ends the measuring alone', async () => {
  const narrow = measuring(128);
  await expect(narrow.executor.compile(small)).rejects.toBeInstanceOf(NoRoom);
  expect(narrow.told).toEqual([]);
  expect(narrow.executor.bytesHeld()).toBe(0);
  // 26 parts of a gradient of 288 elements fit, 64 do not.
  const { executor, known } = measuring(70_000);
  const filter = w(3, 3, 4, 8);
  const gradient = gradients(mean(conv2d(x(8, 16, 16, 4), filter, { padding: 1 })), [filter])[0];
  (await executor.compile({ name: 'step', outputs: { gradient }, updates: {} })).dispose();
  expect([...known.keys()].map((key) => key.includes('gradient'))).toEqual([false]);
  expect(executor.bytesHeld()).toBe(0);
  executor.dispose();
});

test('whether a program fits is known before it is made; where the device gives less, it is a fault and nothing is left', async () => {
  const product = { name: 'product', outputs: { y: matMul(x(64, 64), w(64, 64)) }, updates: {} };
  const result = 4 * 64 * 64;
  const [large, small] = [result, result - 4].map((room) => createPlanExecutor(device, SOFTWARE, { room }));
  expect(large.fits(product)).toBe(true);
  const made = await large.compile(product);
  expect(large.bytesHeld()).toBeGreaterThanOrEqual(result);
  made.dispose();
  expect(small.fits(product)).toBe(false);
  const refused = await small.compile(product).catch((cause: unknown) => cause);
  expect(refused).toBeInstanceOf(NoRoom);
  expect(refused).toMatchObject({ kind: 'memory', message: expect.stringContaining('1 MB at a time') });
  expect(small.bytesHeld()).toBe(0);
  expect(
    (await (await small.compile({ ...product, outputs: { y: matMul(x(2, 4), w(4, 2)) } })).report).dispatches,
  ).toBe(1);
});
