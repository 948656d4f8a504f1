import { describe, expect, test } from 'vitest';
import { Fault } from '../../core/fault';
import { add, matMul, mean, relu, scale } from '../../graph/ops/arithmetic';
import { conv2d } from '../../graph/ops/convolution';
import { gradients, variable } from '../../graph/ops/leaves';
import type { Tensor } from '../../graph/tensor';
import { lostFault, openGraphics } from '../graphics';
import { selfTest } from '../self_test';
import { opCases } from '../testing/cases';
import { complaints, drawn, type OpCase } from '../testing/check';
import { contrast, frozen, fusionCases } from '../testing/fusion_cases';
import { a, keepsItsPromises, one } from '../testing/promises';
import { createPlanExecutor } from './executor';
import { compile } from './lower/compile';
import { Variables } from './memory/variables';
import { Gpu } from './run/gpu';
import { Pace } from './run/pace';
import { Plan, Runs } from './run/plan';
import { Recording } from './run/recording';
import { type Fusions, HARDWARE, NO_FUSIONS, SOFTWARE, type Tuning } from './tune/tuning';

const { device } = await openGraphics();
/** The least that any card has: 128 MB bound, 8 buffers a kernel, 16 KB for a workgroup, no features. */
const least = await ((await navigator.gpu.requestAdapter()) as GPUAdapter).requestDevice();
for (const one of [device, least])
  one.addEventListener('uncapturederror', ({ error }) => {
    throw new Error(error.message);
  });

const x = (...shape: number[]) => variable('x', shape);
const w = (...shape: number[]) => variable('w', shape);

const NORMS = /norm|oments|residual/i;
const runs: readonly (readonly [name: string, tuning: Tuning, cases: readonly OpCase[], on: GPUDevice])[] = [
  ['fused', SOFTWARE, [...opCases, ...fusionCases], device],
  [
    'not fused',
    { ...SOFTWARE, fuse: NO_FUSIONS },
    [...opCases.filter(({ name }) => NORMS.test(name)), ...fusionCases],
    device,
  ],
  ["a graphics card's, on the least of cards", HARDWARE, [...opCases, ...fusionCases], least],
];

describe.each(runs)('%s', (_, tuning, cases, on) => {
  const executor = createPlanExecutor(on, tuning);

  test.each(cases)('$name: value as defined, derivative as its differences', async (opCase) => {
    expect(await complaints(executor, opCase)).toEqual([]);
  });

  test('a small step agrees with its definition, and leaks nothing', async () => {
    const before = executor.bytesHeld();
    expect(await selfTest(executor)).toBeNull();
    expect(executor.bytesHeld()).toBe(before);
  });
});

test('a frozen norm is folded into a convolution that is nobody else’s and has no gradient', async () => {
  const executor = createPlanExecutor(device);
  const launches = async (outputs: Record<string, Tensor>) =>
    (await executor.compile({ name: 'frozen', outputs, updates: {} })).report.dispatches;
  const made = conv2d(x(2, 4, 4, 4), w(3, 3, 4, 8), { padding: 1 });
  const residual = variable('r', [2, 4, 4, 8]);
  const normed = relu(add(frozen(made), residual));
  expect(await launches({ normed })).toBe(1);
  expect(await launches({ normed, made })).toBe(2);
  const loss = mean(normed);
  expect(await launches({ loss })).toBe(2);
  const [gradient] = gradients(loss, [residual]);
  // Convolution, norm with what follows, mean, its gradient, the gradient behind the ReLU.
  expect(await launches({ loss, gradient })).toBe(5);
  executor.dispose();
});

keepsItsPromises(async () => createPlanExecutor(device));

test.each(Object.keys(NO_FUSIONS) as (keyof Fusions)[])(
  'without the fusion %s a step is the same step',
  async (name) => {
    const { q, loss } = contrast(4, 7);
    const step = {
      name: 'step',
      outputs: { loss },
      updates: { x: add(q, scale(gradients(loss, [q])[0], -1)) },
    };
    const after = async (fuse: Fusions) => {
      const executor = createPlanExecutor(device, { ...SOFTWARE, fuse });
      executor.write({ x: drawn([4, 8], 1) });
      await (await executor.compile(step)).run({});
      return (await executor.read(['x'])).x.data;
    };
    const [on, off] = [await after(SOFTWARE.fuse), await after({ ...SOFTWARE.fuse, [name]: false })];
    expect(on).not.toEqual(drawn([4, 8], 1).data);
    on.forEach((value, i) => {
      expect(value).toBeCloseTo(off[i], 5);
    });
  },
);

test('a program knows its costs before it runs, and holds nothing once it is disposed of', async () => {
  const executor = createPlanExecutor(device);
  const before = executor.bytesHeld();
  const product = await executor.compile({ name: 'product', outputs: { y: matMul(x(8, 16), w(16, 4)) }, updates: {} });
  expect(product.report).toMatchObject({ dispatches: 1, submits: 1, flops: 2 * 8 * 16 * 4 });
  expect(executor.bytesHeld()).toBeGreaterThan(before);
  const most = executor.bytesHeld();
  product.dispose();
  expect(executor.bytesHeld()).toBe(before);
  expect(executor.peakMemory()).toEqual({ bytes: most, how: 'planned' });
  executor.forgetPeak();
  expect(executor.peakMemory().bytes).toBe(before);
  await expect(product.run({})).rejects.toThrow('after it was disposed of');
});

test('handed over in as many submits as it has commands, a step is the same step', async () => {
  const { q, loss } = contrast(4, 7);
  const step = { name: 'step', outputs: { loss }, updates: { x: add(q, scale(gradients(loss, [q])[0], -1)) } };
  const compiled = compile(step, SOFTWARE);
  const made = async (slow?: number) => {
    const gpu = new Gpu(device, lostFault(device));
    const variables = new Variables(gpu);
    variables.write({ x: drawn([4, 8], 1) });
    const recording = await Recording.make(gpu, variables, compiled);
    const plan = new Plan(gpu, recording, new Runs(), new Pace(compiled.commands, () => performance.now(), slow));
    const { submits } = plan.report;
    const [once, { outputs, kernels }] = [await plan.run({}), await plan.profile({})];
    plan.dispose();
    variables.drop(variables.names());
    const launches = kernels?.reduce((sum, kernel) => sum + kernel.launches, 0);
    return { submits, losses: [...once.loss, ...outputs.loss], launches };
  };
  const [whole, divided] = [await made(), await made(1e-9)];
  expect([whole.submits, divided.submits]).toEqual([1, compiled.commands.length]);
  expect(divided.losses).toEqual(whole.losses);
  expect(divided.launches).toBe(whole.launches);
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
