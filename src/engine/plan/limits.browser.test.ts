import { expect, test } from 'vitest';
import { Fault, NoRoom } from '../../core/fault';
import { add, addScaled, blend, mean, mul, relu, scale } from '../../graph/ops/arithmetic';
import { gradients, variable } from '../../graph/ops/leaves';
import { drawn } from '../testing/check';
import { createPlanExecutor } from './executor';
import { SOFTWARE } from './tune/tuning';

const newDevice = async () => ((await navigator.gpu.requestAdapter()) as GPUAdapter).requestDevice();
const device = await newDevice();
device.addEventListener('uncapturederror', ({ error }) => {
  throw new Error(error.message);
});

const ROOM = 4096;
const names = ['a', 'b', 'c'] as const;
const values = Object.fromEntries(names.map((name, seed) => [name, drawn([500], seed)]));
const [a, b, c] = names.map((name) => variable(name, [500]));
const small = () => createPlanExecutor(device, SOFTWARE, { room: ROOM });
const caught = (promise: Promise<unknown>) => promise.catch((cause: unknown) => cause);

test('variables that take more than a buffer has room for lie in several, and are written, used and read as ever', async () => {
  const executor = small();
  executor.write(values);
  expect(executor.bytesHeld()).toBe(3 * 2048);
  expect(await executor.read(names)).toEqual(values);
  const program = { name: 'step', outputs: { y: relu(c) }, updates: { a: scale(a, 2), c: scale(c, 3) } };
  const { y } = await (await executor.compile(program)).run({});
  expect(y).toEqual(values.c.data.map((value) => Math.max(0, value)));
  const after = await executor.read(names);
  expect(after.a.data).toEqual(values.a.data.map((value) => 2 * value));
  expect(after.b).toEqual(values.b);
  expect(after.c.data).toEqual(values.c.data.map((value) => Math.fround(3 * value)));
  executor.dispose();
});

test('a step that updates more than one buffer holds is the same step, each update in a buffer of its own', async () => {
  const learned = ['v', 'w'].map((name) => {
    const [weight, velocity, key] = ['', ' velocity', ' key'].map((role) => variable(`${name}${role}`, [500]));
    return { name, weight, velocity, followed: blend(key, weight, 0.5) };
  });
  const after = async (room?: number) => {
    const executor = createPlanExecutor(device, SOFTWARE, { room });
    const loss = mean(mul(add(learned[0].weight, learned[1].followed), learned[1].weight));
    const derived = gradients(
      loss,
      learned.map(({ weight }) => weight),
    );
    const updates = learned.flatMap(({ name, weight, velocity, followed }, i) => {
      const next = addScaled(derived[i], velocity, 0.9);
      const moved = { [`${name} velocity`]: next, [name]: addScaled(weight, next, -0.1) };
      return Object.entries({ ...moved, [`${name} key`]: followed });
    });
    const names = updates.map(([name]) => name);
    executor.write(Object.fromEntries(names.map((name, seed) => [name, drawn([500], seed)])));
    const step = await executor.compile({ name: 'step', outputs: { loss }, updates: Object.fromEntries(updates) });
    const losses = [await step.run({}), await step.run({})];
    const made = { losses, values: await executor.read(names), dispatches: step.report.dispatches };
    executor.dispose();
    return made;
  };
  const [whole, divided] = [await after(), await after(3 * 2048)];
  expect(divided.losses).toEqual(whole.losses);
  expect(divided.values).toEqual(whole.values);
  expect(divided.dispatches).toBeGreaterThan(whole.dispatches);
});

test('one update that no buffer holds is refused before anything of it is done', async () => {
  const executor = small();
  executor.write(values);
  const step = await executor.compile({ name: 'step', outputs: {}, updates: { a: blend(addScaled(a, b, 2), c, 0.5) } });
  const refused = await caught(step.run({}));
  expect(refused).toMatchObject({ kind: 'memory', advice: 'Choose a narrower encoder.' });
  expect(refused).not.toBeInstanceOf(NoRoom);
  expect(await executor.read(names)).toEqual(values);
  executor.dispose();
});

test('a variable that no buffer holds is refused, and those there are stay', async () => {
  const executor = small();
  executor.write(values);
  const write = () => executor.write({ a: drawn([1024], 1), d: drawn([1025], 2) });
  expect(write).toThrow(Fault);
  expect(write).toThrow("'d' takes 1 MB, and the graphics device gives 1 MB at a time.");
  expect(await executor.read(names)).toEqual(values);
  executor.dispose();
});

test('what the device refuses without having been asked is a fault for all that comes after', async () => {
  const own = await newDevice();
  const executor = createPlanExecutor(own);
  executor.write(values);
  const step = await executor.compile({ name: 'step', outputs: { y: relu(a) }, updates: {} });
  expect((await step.run({})).y).toEqual(values.a.data.map((value) => Math.max(0, value)));
  own.createBuffer({ size: own.limits.maxBufferSize + 4, usage: GPUBufferUsage.STORAGE });
  await caught(step.run({}));
  const fault = await caught(step.run({}));
  expect(fault).toBeInstanceOf(Fault);
  expect(fault).toMatchObject({ kind: 'device', message: expect.stringContaining('refused') });
  await expect(executor.read(['a'])).rejects.toBe(fault);
  own.destroy();
});
