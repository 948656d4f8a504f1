import { describe, expect, test } from 'vitest';
import { Fault, NoRoom } from '../../core/fault';
import { add, matMul, mean, relu, scale } from '../../graph/ops/arithmetic';
import { crossEntropy, isLargest, maskSame } from '../../graph/ops/contrast';
import { conv2d } from '../../graph/ops/convolution';
import { constant, gradients, variable } from '../../graph/ops/leaves';
import { batchNorm, frozenNorm, moments } from '../../graph/ops/normalisation';
import { concatColumns, rowDot } from '../../graph/ops/rows';
import type { Shape, Tensor } from '../../graph/tensor';
import { openGraphics } from '../graphics';
import { selfTest } from '../self_test';
import { opCases } from '../testing/cases';
import { complaints, drawn, type OpCase } from '../testing/check';
import type { Choices } from './choosing';
import { createPlanExecutor } from './executor';
import { type Cut, type Fusions, NO_FUSIONS, SOFTWARE, type Tuning } from './tuning';

const { device } = await openGraphics();
device.addEventListener('uncapturederror', ({ error }) => {
  throw new Error(error.message);
});

const x = (...shape: number[]) => variable('x', shape);
const w = (...shape: number[]) => variable('w', shape);
const vector = (name: string, size: number) => variable(name, [size]);
const convolved = (groups: number, batch: number, side: number, inputs: number, outputs: number): Tensor => {
  const made = conv2d(x(batch, side, side, inputs), w(3, 3, inputs, outputs), { padding: 1 });
  return batchNorm(made, moments(made, { groups }), vector('gamma', outputs), vector('beta', outputs));
};
const frozen = (shape: Shape): Tensor => {
  const channels = shape[shape.length - 1];
  const ones = constant(new Float32Array(channels).fill(0.8), [channels]);
  return frozenNorm(x(...shape), ones, ones, vector('gamma', channels), vector('beta', channels));
};
/** InfoNCE of 4 queries against a queue of 7, some of it the query's own picture. */
const contrast = (queries: number, keys: number): { loss: Tensor; accuracy: Tensor } => {
  const q = x(queries, 8);
  const ids = (from: number, count: number) =>
    constant(
      Int32Array.from({ length: count }, (_, i) => from + i),
      [count],
    );
  const queue = constant(drawn([keys, 8], 60).data, [keys, 8]);
  const negative = maskSame(matMul(q, queue, { transposeRight: true }), ids(0, queries), ids(queries - 2, keys));
  const positive = rowDot(q, constant(drawn([queries, 8], 61).data, [queries, 8]));
  const logits = scale(concatColumns(positive, negative), 0.7);
  const first = constant(new Int32Array(queries), [queries]);
  return { loss: mean(crossEntropy(logits, first)), accuracy: mean(isLargest(logits, first)) };
};

/** Everything that is fused, alone and beside what could be mistaken for it. */
const fusionCases: readonly OpCase[] = [
  { name: 'convolution, norm, ReLU', result: relu(convolved(1, 2, 4, 3, 8)) },
  { name: 'convolution, norm of two groups, ReLU', result: relu(convolved(2, 4, 3, 4, 4)) },
  { name: 'norm of odd channels, ReLU', result: relu(convolved(1, 2, 4, 4, 3)) },
  { name: 'norm, residual, ReLU', result: relu(add(convolved(1, 2, 4, 4, 4), variable('r', [2, 4, 4, 4]))) },
  { name: 'residual, norm', result: add(variable('r', [2, 4, 4, 4]), convolved(1, 2, 4, 4, 4)) },
  { name: 'norm read twice', result: twice(convolved(1, 2, 3, 4, 4)) },
  { name: 'frozen norm, residual, ReLU', result: relu(add(frozen([2, 3, 3, 4]), variable('r', [2, 3, 3, 4]))) },
  { name: 'affine', result: add(matMul(x(3, 5), w(5, 4)), vector('b', 4)) },
  { name: 'affine, ReLU', result: relu(add(matMul(x(4, 8), w(8, 4)), vector('b', 4))) },
  { name: 'affine of odd sizes, ReLU', result: relu(add(matMul(x(3, 5), w(5, 7)), vector('b', 7))) },
  { name: 'InfoNCE', result: contrast(4, 7).loss },
  { name: 'InfoNCE of one row', result: contrast(3, 16).loss },
  { name: 'accuracy', result: add(contrast(4, 7).accuracy, constant(new Float32Array(1), [])), slopes: false },
];
function twice(norm: Tensor): Tensor {
  return add(relu(norm), norm);
}

const TILED: Tuning = { ...SOFTWARE, cutOf: () => 'tiled' };

const NORMS = /norm|oments|residual/i;
const runs: readonly (readonly [name: string, tuning: Tuning, cases: readonly OpCase[]])[] = [
  ['fused', SOFTWARE, [...opCases, ...fusionCases]],
  ['not fused', { ...SOFTWARE, fuse: NO_FUSIONS }, [...opCases.filter(({ name }) => NORMS.test(name)), ...fusionCases]],
  ['tiled', TILED, [...opCases, ...fusionCases].filter(({ name }) => /conv/i.test(name))],
  ['many parts', { ...SOFTWARE, inlineParts: 0 }, [...opCases, ...fusionCases].filter(({ name }) => NORMS.test(name))],
];

describe.each(runs)('%s', (_, tuning, cases) => {
  const executor = createPlanExecutor(device, tuning);

  test.each(cases)('$name: value as defined, derivative as its differences', async (opCase) => {
    expect(await complaints(executor, opCase)).toEqual([]);
  });

  test('a small step agrees with its definition, and leaks nothing', async () => {
    const before = executor.bytesHeld();
    expect(await selfTest(executor)).toBeNull();
    expect(executor.bytesHeld()).toBe(before);
  });
});

const one = (value: number) => ({ shape: [1], data: Float32Array.of(value) });
const [a, b] = [variable('a', [1]), variable('b', [1])];

test.each(Object.keys(NO_FUSIONS) as (keyof Fusions)[])(
  'without the fusion %s a step is the same step',
  async (name) => {
    const loss = relu(contrast(4, 7).loss);
    const step = {
      name: 'step',
      outputs: { loss },
      updates: { x: add(x(4, 8), scale(gradients(loss, [x(4, 8)])[0], -1)) },
    };
    const after = async (fuse: Fusions) => {
      const executor = createPlanExecutor(device, { ...SOFTWARE, fuse });
      executor.write({ x: drawn([4, 8], 1) });
      await (await executor.compile(step)).run({});
      return (await executor.read(['x'])).x.data;
    };
    const [on, off] = [await after(SOFTWARE.fuse), await after({ ...SOFTWARE.fuse, [name]: false })];
    on.forEach((value, i) => {
      expect(value).toBeCloseTo(off[i], 5);
    });
  },
);

test('updates read the variables as they were and take effect together', async () => {
  const executor = createPlanExecutor(device);
  executor.write({ a: one(1), b: one(2) });
  const swap = await executor.compile({ name: 'swap', outputs: {}, updates: { a: b, b: a } });
  await swap.run({});
  const after = await executor.read(['a', 'b']);
  expect([after.a.data[0], after.b.data[0]]).toEqual([2, 1]);
});

test('one new value may go to several variables', async () => {
  const executor = createPlanExecutor(device);
  executor.write({ a: one(3), b: one(0) });
  const twofold = scale(a, 2);
  await (await executor.compile({ name: 'both', outputs: {}, updates: { a: twofold, b: twofold } })).run({});
  const after = await executor.read(['a', 'b']);
  expect([after.a.data[0], after.b.data[0]]).toEqual([6, 6]);
});

test('runs, writes and reads take effect in the order they were asked for', async () => {
  const executor = createPlanExecutor(device);
  executor.write({ a: one(1) });
  const twofold = await executor.compile({ name: 'double', outputs: { before: a }, updates: { a: scale(a, 2) } });
  const running = [twofold.run({}), twofold.run({})];
  const between = executor.read(['a']);
  executor.write({ a: one(7) });
  running.push(twofold.run({}));
  expect((await Promise.all(running)).map(({ before }) => before[0])).toEqual([1, 2, 7]);
  expect((await between).a.data[0]).toBe(4);
});

test('a run that fails changes nothing, and the next one works', async () => {
  const executor = createPlanExecutor(device);
  executor.write({ a: one(5) });
  const fed = await executor.compile({ name: 'fed', outputs: {}, updates: { a: scale(add(a, b), 2) } });
  await expect(fed.run({})).rejects.toThrow(`there is no variable 'b'`);
  expect((await executor.read(['a'])).a.data[0]).toBe(5);
  executor.write({ b: one(1) });
  await fed.run({});
  expect((await executor.read(['a'])).a.data[0]).toBe(12);
  const numbered = await executor.compile({
    name: 'numbered',
    outputs: {},
    updates: { a: add(a, variable('c', [1])) },
  });
  executor.write({ c: { shape: [2], data: new Float32Array(2) } });
  await expect(numbered.run({})).rejects.toThrow("'c' is float32 [2], not float32 [1]");
});

test('variables that moved are found again', async () => {
  const executor = createPlanExecutor(device);
  executor.write({ a: one(1) });
  executor.write({ b: one(10) });
  const sum = await executor.compile({ name: 'sum', outputs: { y: add(a, b) }, updates: {} });
  expect((await sum.run({})).y[0]).toBe(11);
  executor.drop(['a']);
  executor.write({ a: one(2) });
  expect((await sum.run({})).y[0]).toBe(12);
});

test('a program knows its costs before it runs, and holds nothing once it is disposed of', async () => {
  const executor = createPlanExecutor(device);
  const before = executor.bytesHeld();
  const product = await executor.compile({ name: 'product', outputs: { y: matMul(x(8, 16), w(16, 4)) }, updates: {} });
  expect(product.report).toMatchObject({ dispatches: 1, submits: 1, flops: 2 * 8 * 16 * 4 });
  expect(executor.bytesHeld()).toBeGreaterThan(before);
  product.dispose();
  expect(executor.bytesHeld()).toBe(before);
  await expect(product.run({})).rejects.toThrow('after it was disposed of');
});

/** Sizes that are no multiples of a tile's, several tiles of pixels and of channels, and both strides. */
const convolutions = [
  [3, 9, 7, 20, 72, 3, 1],
  [2, 13, 13, 16, 16, 3, 2],
  [1, 6, 5, 4, 132, 1, 1],
  [5, 8, 8, 68, 8, 3, 1],
];
test.each(convolutions)(
  'a convolution of %i x %i x %i x %i to %i by %i / %i is the same by either cut',
  async (...sizes) => {
    const [batch, height, width, inputs, outputs, window, stride] = sizes;
    const values = { x: drawn([batch, height, width, inputs], 3), w: drawn([window, window, inputs, outputs], 4) };
    const y = conv2d(x(...values.x.shape), w(...values.w.shape), { stride, padding: (window - 1) / 2 });
    const [direct, tiled] = await Promise.all(
      [SOFTWARE, TILED].map(async (tuning) => {
        const executor = createPlanExecutor(device, tuning);
        executor.write(values);
        const made = (await (await executor.compile({ name: 'product', outputs: { y }, updates: {} })).run({})).y;
        executor.dispose();
        return made;
      }),
    );
    const largest = Math.max(...direct.map(Math.abs));
    expect(Math.max(...direct.map((value, i) => Math.abs(value - tiled[i])))).toBeLessThan(1e-5 * largest);
  },
);

test('both cuts of a product are measured once on a device, and what is known is not measured again', async () => {
  const known = new Map<string, Cut>();
  const asked: string[] = [];
  const choices: Choices = { get: (key) => known.get(key), set: (key, cut) => void known.set(key, cut) };
  const executor = createPlanExecutor(device, SOFTWARE, { choices });
  const before = executor.bytesHeld();
  const { result } = fusionCases[0];
  const program = { name: 'step', outputs: { result, more: conv2d(x(2, 4, 4, 4), w(3, 3, 4, 8)) }, updates: {} };
  (await executor.compile(program)).dispose();
  // Three input channels leave nothing to choose.
  expect([...known.keys()]).toEqual(['conv2d 2 x 4 x 4 x 4, 3 x 3 x 8 / 1 + 0, moments 0']);
  expect(['direct', 'tiled']).toContain([...known.values()][0]);
  expect(executor.bytesHeld()).toBe(before);
  for (const cut of ['direct', 'tiled'] as const) {
    const told = createPlanExecutor(device, SOFTWARE, {
      choices: { get: () => cut, set: (key) => void asked.push(key) },
    });
    const { report } = await told.compile({ name: 'product', outputs: { y: convolved(1, 2, 4, 4, 8) }, updates: {} });
    // The tiled cut leaves the norm's sums to a pass of their own.
    expect(report.dispatches).toBe(cut === 'tiled' ? 3 : 2);
    told.dispose();
  }
  expect(asked).toEqual([]);
});

test('what a program takes is known before it is made; where the device gives less, it is a fault and nothing is left', async () => {
  const product = { name: 'product', outputs: { y: matMul(x(64, 64), w(64, 64)) }, updates: {} };
  const [large, small] = [undefined, 4096].map((room) => createPlanExecutor(device, SOFTWARE, { room: room }));
  const foreseen = large.foresee(product);
  expect(foreseen.fits).toBe(true);
  const made = await large.compile(product);
  expect(large.bytesHeld()).toBe(foreseen.bytes);
  made.dispose();
  expect(small.foresee(product)).toEqual({ ...foreseen, fits: false });
  const refused = await small.compile(product).catch((cause: unknown) => cause);
  expect(refused).toBeInstanceOf(NoRoom);
  expect(refused).toMatchObject({ kind: 'memory', message: expect.stringContaining('1 MB at a time') });
  expect(small.bytesHeld()).toBe(0);
  expect(
    (await (await small.compile({ ...product, outputs: { y: matMul(x(2, 4), w(4, 2)) } })).report).dispatches,
  ).toBe(1);
});

test('a lost device is a fault for those who wait and for all who come after', async () => {
  const own = await ((await navigator.gpu.requestAdapter()) as GPUAdapter).requestDevice();
  const executor = createPlanExecutor(own);
  executor.write({ a: one(1) });
  const twofold = await executor.compile({ name: 'double', outputs: { before: a }, updates: { a: scale(a, 2) } });
  const running = twofold.run({}).catch((cause: unknown) => cause);
  own.destroy();
  await running;
  const fault = await twofold.run({}).catch((cause: unknown) => cause);
  expect(fault).toBeInstanceOf(Fault);
  expect(fault).toMatchObject({ kind: 'device', message: expect.stringContaining('was lost') });
  await expect(executor.read(['a'])).rejects.toBe(fault);
});
