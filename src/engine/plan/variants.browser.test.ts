import { expect, test } from 'vitest';
import { NoRoom } from '../../core/fault';
import { matMul, mean } from '../../graph/ops/arithmetic';
import { conv2d } from '../../graph/ops/convolution';
import { gradients, variable } from '../../graph/ops/leaves';
import { batchNorm, moments } from '../../graph/ops/normalisation';
import type { Tensor } from '../../graph/tensor';
import { openGraphics } from '../graphics';
import { drawn, weighted } from '../testing/check';
import type { Choices } from './autotune_tasks';
import { createPlanExecutor } from './executor';
import { VARIANTS_VERSION } from './kernels/geometry';
import { HARDWARE, type KernelVariant, SOFTWARE } from './tuning';

const { device } = await openGraphics();
device.addEventListener('uncapturederror', ({ error }) => {
  throw new Error(error.message);
});

const x = (...shape: number[]) => variable('x', shape);
const w = (...shape: number[]) => variable('w', shape);
const normed = (): Tensor => {
  const made = conv2d(x(2, 4, 4, 4), w(3, 3, 4, 8), { padding: 1 });
  return batchNorm(made, moments(made, { groups: 1 }), variable('gamma', [8]), variable('beta', [8]));
};

/** Sizes that are no multiples of a tile's, several tiles of pixels and of channels, both strides, channels not in fours. */
const convolutions = [
  [3, 9, 7, 20, 72, 3, 1],
  [2, 13, 13, 16, 16, 3, 2],
  [5, 8, 8, 68, 8, 1, 1],
  [4, 12, 11, 3, 24, 5, 2],
  [2, 14, 10, 36, 3, 3, 1],
];
test.each(convolutions)(
  'a convolution of %i x %i x %i x %i to %i by %i / %i and its gradients are the same where threads share memory',
  async (...sizes) => {
    const [batch, height, width, inputs, outputs, window, stride] = sizes;
    const values = { x: drawn([batch, height, width, inputs], 3), w: drawn([window, window, inputs, outputs], 4) };
    const [from, filter] = [x(...values.x.shape), w(...values.w.shape)];
    const y = conv2d(from, filter, { stride, padding: (window - 1) / 2 });
    const [dx, dw] = gradients(weighted(y), [from, filter]);
    const [alone, shared] = await Promise.all(
      [SOFTWARE, HARDWARE].map(async (tuning) => {
        const executor = createPlanExecutor(device, tuning);
        executor.write(values);
        const made = await (await executor.compile({ name: 'product', outputs: { y, dx, dw }, updates: {} })).run({});
        executor.dispose();
        return made;
      }),
    );
    for (const [name, right] of Object.entries(alone)) {
      const largest = Math.max(...right.map(Math.abs));
      expect(Math.max(...right.map((value, i) => Math.abs(value - shared[name][i])))).toBeLessThan(1e-5 * largest);
    }
  },
);

test('the gradient of a filter is the same in fewer and in more parts', async () => {
  const values = { x: drawn([8, 16, 16, 4], 7), w: drawn([3, 3, 4, 8], 8) };
  const filter = w(...values.w.shape);
  const y = conv2d(x(...values.x.shape), filter, { padding: 1 });
  const gradient = gradients(weighted(y), [filter])[0];
  const made = await Promise.all(
    (['direct', 'fewer', 'more'] as const).map(async (variant) => {
      const executor = createPlanExecutor(device, { ...SOFTWARE, variantOf: () => variant });
      executor.write(values);
      const compiled = await executor.compile({ name: 'gradient', outputs: { gradient }, updates: {} });
      const result = { values: (await compiled.run({})).gradient, bytes: executor.bytesHeld() };
      executor.dispose();
      return result;
    }),
  );
  const [direct, fewer, more] = made;
  const largest = Math.max(...direct.values.map(Math.abs));
  for (const other of [fewer, more])
    expect(Math.max(...direct.values.map((value, i) => Math.abs(value - other.values[i])))).toBeLessThan(
      1e-5 * largest,
    );
  // Each part lies in memory of its own.
  expect(fewer.bytes).toBeLessThan(direct.bytes);
  expect(more.bytes).toBeGreaterThan(direct.bytes);
});

test('tiles and split-K are measured where a program has them, gradients of what it learns alone', async () => {
  const known = new Map<string, KernelVariant>();
  const choices: Choices = { get: (key) => known.get(key), set: (key, variant) => void known.set(key, variant) };
  const executor = createPlanExecutor(device, SOFTWARE, { choices });
  const [filter, fixed] = [variable('v', [3, 3, 3, 4]), w(3, 3, 4, 4)];
  const loss = mean(conv2d(conv2d(x(2, 16, 32, 3), filter, { padding: 1 }), fixed, { padding: 1 }));
  const gradient = gradients(loss, [filter])[0];
  (await executor.compile({ name: 'step', outputs: { loss, gradient }, updates: {} })).dispose();
  // Three input channels leave one variant of the first convolution.
  const [first, second] = ['3, 3 x 3 x 4', '4, 3 x 3 x 4'].map(
    (sizes) => `conv2d, variants ${VARIANTS_VERSION}, 2 x 16 x 32 x ${sizes} / 1 + 1`,
  );
  const keys = [`${first}, moments 0, gradient of its filter`, `${second}, moments 0`];
  expect([...known.keys()].sort()).toEqual(keys.sort());
  expect(['direct', 'fewer']).toContain(known.get(`${first}, moments 0, gradient of its filter`));
  executor.dispose();
});

test('the variants of a product are measured once on a device, and what is known is not measured again', async () => {
  const known = new Map<string, KernelVariant>();
  const asked: string[] = [];
  const choices: Choices = { get: (key) => known.get(key), set: (key, variant) => void known.set(key, variant) };
  const executor = createPlanExecutor(device, SOFTWARE, { choices });
  const before = executor.bytesHeld();
  const program = {
    name: 'step',
    outputs: {
      few: conv2d(x(2, 4, 4, 3), variable('v', [3, 3, 3, 4])),
      more: conv2d(variable('z', [2, 4, 4, 4]), w(3, 3, 4, 8)),
    },
    updates: {},
  };
  (await executor.compile(program)).dispose();
  // Three input channels leave nothing to choose.
  expect([...known.keys()]).toEqual([
    `conv2d, variants ${VARIANTS_VERSION}, 2 x 4 x 4 x 4, 3 x 3 x 8 / 1 + 0, moments 0`,
  ]);
  expect(['direct', 'tiled']).toContain([...known.values()][0]);
  expect(executor.bytesHeld()).toBe(before);
  for (const variant of ['direct', 'tiled'] as const) {
    const told = createPlanExecutor(device, SOFTWARE, {
      choices: { get: () => variant, set: (key) => void asked.push(key) },
    });
    const { report } = await told.compile({ name: 'product', outputs: { y: normed() }, updates: {} });
    // The tiled variant leaves the norm's sums to a pass of their own.
    expect(report.dispatches).toBe(variant === 'tiled' ? 4 : 3);
    told.dispose();
  }
  expect(asked).toEqual([]);
});

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
    executor: createPlanExecutor(device, SOFTWARE, { room, choices: { get: (key) => known.get(key), set } }),
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
  const largest = Math.max(...one.y.map(Math.abs));
  expect(Math.max(...one.y.map((value, i) => Math.abs(value - two.y[i])))).toBeLessThan(1e-5 * largest);
  executor.dispose();
});

test('nothing is measured for what is refused, and a variant without room ends the measuring alone', async () => {
  const narrow = measuring(128);
  await expect(narrow.executor.compile(small)).rejects.toBeInstanceOf(NoRoom);
  expect(narrow.told).toEqual([]);
  expect(narrow.executor.bytesHeld()).toBe(0);
  // 86 parts of a gradient of 288 elements fit, 128 do not.
  const { executor, known } = measuring(120_000);
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
