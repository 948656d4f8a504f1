import { afterEach, expect, test } from 'vitest';
import { add, addScaled, matMul, mean, relu, scale } from '../../graph/ops/arithmetic';
import { constant, gradients, input, scalar, stopGradient, variable } from '../../graph/ops/leaves';
import type { Tensor } from '../../graph/tensor';
import type { Executor, Feeds } from '../executor';
import { drawn } from './check';

export const one = (value: number) => ({ shape: [1], data: Float32Array.of(value) });
export const [a, b] = [variable('a', [1]), variable('b', [1])];

/** [1] as [1, 1]. */
const asMatrix = (vector: Tensor): Tensor => add(constant(new Float32Array(1), [1, 1]), vector);

/** Tests of what `Executor` promises, whatever is behind it. `open`: an executor of its own for each. */
export function keepsItsPromises(open: () => Promise<Executor>): void {
  let opened: Executor[] = [];
  afterEach(() => {
    for (const executor of opened) executor.dispose();
    opened = [];
  });
  const executorWith = async (values: Record<string, number>): Promise<Executor> => {
    const executor = await open();
    opened.push(executor);
    executor.write(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, one(value)])));
    return executor;
  };
  const firstOf = async (executor: Executor, name: string) => (await executor.read([name]))[name].data[0];

  test.each([
    ['updates', {}, { a: b, b: a }, { a: 2, b: 1 }],
    ['an output', { y: relu(a) }, { a: scale(b, 2) }, { y: 1, a: 4, b: 2 }],
    ['an output that is the variable', { y: a }, { a: scale(a, 2) }, { y: 1, a: 2, b: 2 }],
    ['another update', { y: relu(a) }, { a: scale(b, 2), b: scale(a, 3) }, { y: 1, a: 4, b: 3 }],
    ['another variable as it is', {}, { a: scale(b, 2), b: a }, { a: 4, b: 1 }],
  ])('%s: variables are read as they were, and change together', async (_, outputs, updates, expected) => {
    const executor = await executorWith({ a: 1, b: 2 });
    const step = await executor.compile({ name: 'step', outputs: outputs as Record<string, Tensor>, updates });
    const made = Object.entries(await step.run({})).map(([name, [y]]) => [name, y]);
    const after = { a: await firstOf(executor, 'a'), b: await firstOf(executor, 'b') };
    expect({ ...Object.fromEntries(made), ...after }).toEqual(expected);
  });

  test('one new value may go to several variables', async () => {
    const executor = await executorWith({ a: 3, b: 0 });
    const twofold = scale(a, 2);
    await (await executor.compile({ name: 'both', outputs: {}, updates: { a: twofold, b: twofold } })).run({});
    expect([await firstOf(executor, 'a'), await firstOf(executor, 'b')]).toEqual([6, 6]);
  });

  test('runs, writes and reads take effect in the order they were asked for', async () => {
    const executor = await executorWith({ a: 1 });
    const next = addScaled(scale(a, 10), input('x', [1]), scalar('t'));
    const affine = await executor.compile({ name: 'affine', outputs: { before: a }, updates: { a: next } });
    const runs = [1, 2, 3].map((x) => affine.run({ x: Float32Array.of(x), t: 1 }));
    const between = executor.read(['a']);
    executor.write({ a: one(7) });
    const after = affine.run({ x: Float32Array.of(0), t: 0 });
    expect((await Promise.all(runs)).map(({ before }) => before[0])).toEqual([1, 11, 112]);
    expect((await between).a.data[0]).toBe(1123);
    expect((await after).before[0]).toBe(7);
  });

  test('a run that fails changes nothing, and the next one works', async () => {
    const executor = await executorWith({ a: 5 });
    const fed = await executor.compile({ name: 'fed', outputs: {}, updates: { a: scale(add(a, b), 2) } });
    await expect(fed.run({})).rejects.toThrow(`there is no variable 'b'`);
    expect(await firstOf(executor, 'a')).toBe(5);
    executor.write({ b: one(1) });
    await fed.run({});
    expect(await firstOf(executor, 'a')).toBe(12);
  });

  test('variables that were forgotten and written again are found', async () => {
    const executor = await executorWith({ a: 1, b: 10 });
    const sum = await executor.compile({ name: 'sum', outputs: { y: add(a, b) }, updates: {} });
    expect((await sum.run({})).y[0]).toBe(11);
    executor.drop(['a']);
    executor.write({ a: one(2) });
    expect((await sum.run({})).y[0]).toBe(12);
  });

  test('the same run twice gives the same bits', async () => {
    const executor = await executorWith({});
    const w = variable('w', [8, 8]);
    const [gradient] = gradients(mean(relu(matMul(input('x', [16, 8]), w))), [w]);
    const step = await executor.compile({ name: 'step', outputs: {}, updates: { w: addScaled(w, gradient, -0.5) } });
    const train = async () => {
      executor.write({ w: drawn([8, 8], 3) });
      for (let i = 0; i < 3; i++) await step.run({ x: drawn([16, 8], i).data });
      return (await executor.read(['w'])).w.data;
    };
    expect(await train()).toEqual(await train());
  });

  test('the derivative through a stopGradient is zero, beside it is not', async () => {
    const executor = await executorWith({ a: 3, b: 4 });
    const product = (left: Tensor, right: Tensor) => matMul(asMatrix(left), asMatrix(right));
    // d/da [a stop(b) + stop(a) b] = stop(b), d/db = stop(a).
    const loss = mean(add(product(a, stopGradient(b)), product(stopGradient(a), b)));
    const [atA, atB] = gradients(loss, [a, b]);
    const [untouched] = gradients(mean(stopGradient(a)), [a]);
    const made = await (await executor.compile({ name: 'stopped', outputs: { atA, atB, untouched }, updates: {} })).run(
      {},
    );
    expect([made.atA[0], made.atB[0], made.untouched[0]]).toEqual([4, 3, 0]);
  });

  test('a parameter of which another parameter is made has the whole derivative', async () => {
    const executor = await executorWith({ a: 3 });
    const middle = scale(a, 5);
    const [atA, atMiddle] = gradients(mean(scale(middle, 2)), [a, middle]);
    const made = await (await executor.compile({ name: 'chain', outputs: { atA, atMiddle }, updates: {} })).run({});
    expect([made.atA[0], made.atMiddle[0]]).toEqual([10, 2]);
  });

  test('what is fed wrongly is named', async () => {
    const executor = await executorWith({ a: 1 });
    const out = addScaled(a, input('x', [1]), scalar('t'));
    const executable = await executor.compile({ name: 'test', outputs: { out }, updates: {} });
    const run = (feeds: Feeds) => executable.run(feeds);
    await expect(run({ t: 1 })).rejects.toThrow(`test: 'x' was not fed`);
    await expect(run({ t: 1, x: new Float32Array(2) })).rejects.toThrow(`'x' must be fed with [1]`);
    await expect(run({ t: 1, x: new Int32Array(1) })).rejects.toThrow(`'x' must be fed with float32`);
    await expect(run({ t: Float32Array.of(1), x: new Float32Array(1) })).rejects.toThrow('with a number');
    executor.write({ a: { shape: [2], data: new Float32Array(2) } });
    await expect(run({ t: 1, x: new Float32Array(1) })).rejects.toThrow(`'a' is float32 [2], not float32 [1]`);
  });

  test('values read are copies, and unknown names are refused', async () => {
    const executor = await executorWith({});
    const given = Float32Array.of(1);
    executor.write({ a: { shape: [1], data: given } });
    given[0] = 9;
    const { a: read } = await executor.read(['a']);
    read.data[0] = 8;
    expect(await firstOf(executor, 'a')).toBe(1);
    await expect(executor.read(['nobody'])).rejects.toThrow(`no variable 'nobody'`);
    expect(() => executor.write({ a: { shape: [2], data: given } })).toThrow('1 values for shape [2]');
  });
}
