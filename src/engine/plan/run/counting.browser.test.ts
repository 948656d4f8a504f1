import { afterAll, afterEach, expect, test } from 'vitest';
import { matMul, relu, scale } from '../../../graph/ops/arithmetic';
import { constant } from '../../../graph/ops/leaves';
import { unitRows } from '../../../graph/ops/rows';
import { createPlanExecutor } from '../executor';

const adapter = await navigator.gpu.requestAdapter();
const device = await (adapter as GPUAdapter).requestDevice();
let pipelines = 0;
const create = device.createComputePipelineAsync.bind(device);
device.createComputePipelineAsync = (descriptor) => {
  pipelines++;
  return create(descriptor);
};
const executor = createPlanExecutor(device);
afterEach(() => {
  executor.onCompiling = null;
});
afterAll(() => device.destroy());

/** Two products of their own sizes, and what is done to their rows. */
function program(size: number) {
  const of = (rows: number, columns: number) => constant(new Float32Array(rows * columns).fill(1), [rows, columns]);
  const y = unitRows(relu(matMul(matMul(of(size, 8), of(8, 12)), of(12, size))));
  return { name: 'products', outputs: { y, twice: scale(y, 2) }, updates: {} };
}

/** What a listener was told while programs were compiled, and how many pipelines were made for them. */
async function reported(...programs: ReturnType<typeof program>[]) {
  const told: (readonly [ready: number, of: number])[] = [];
  const before = pipelines;
  executor.onCompiling = (ready, of) => told.push([ready, of]);
  for (const one of programs) (await executor.compile(one)).dispose();
  return { told, made: pipelines - before };
}

test('ready kernels rise one by one to as many as there are', async () => {
  const { told, made } = await reported(program(16));
  expect(made).toBeGreaterThan(3);
  expect(told.map(([ready]) => ready)).toEqual(Array.from({ length: made }, (_, i) => i + 1));
  // A program asks for all of its kernels at once.
  expect(told.every(([, of]) => of === made)).toBe(true);
});

test('of several programs neither number ever falls, and known kernels count for nothing', async () => {
  const { told, made } = await reported(program(20), program(20), program(24));
  expect(told.at(-1)).toEqual([made, made]);
  for (const [i, [ready, of]] of told.entries()) {
    expect(ready).toBe(i + 1);
    expect(of).toBeGreaterThanOrEqual(i === 0 ? 1 : told[i - 1][1]);
  }
  expect(await reported(program(20), program(24))).toEqual({ told: [], made: 0 });
});

test('a listener that throws ends the compilation, and nothing else', async () => {
  const enough = new Error('enough');
  executor.onCompiling = () => {
    throw enough;
  };
  const held = executor.bytesHeld();
  await expect(executor.compile(program(28))).rejects.toBe(enough);
  expect(executor.bytesHeld()).toBe(held);
  executor.onCompiling = null;
  const made = await executor.compile(program(28));
  const { y } = await made.run({});
  expect(y[0]).toBeCloseTo(1 / Math.sqrt(28), 6);
  made.dispose();
});
