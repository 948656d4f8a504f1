import { expect, test } from 'vitest';
import { add, relu, scale } from './ops/arithmetic';
import { gradients, input, scalar, variable } from './ops/leaves';
import { leaves, type Program, programRoots, topological } from './program';
import type { Tensor } from './tensor';

const x = input('x', [2, 3]);

test('inputs come before users, each node once', () => {
  const shared = relu(x);
  const order = topological([add(shared, scale(shared, 2)), shared]);
  expect(order.map(({ kind }) => kind)).toEqual(['input', 'relu', 'scale', 'add']);
});

test('the order depends on the program alone', () => {
  const build = () => topological([add(relu(x), scale(x, 2)), relu(x)]).map(({ kind }) => kind);
  expect(build()).toEqual(build());
});

test('a graph deeper than any call stack is walked', () => {
  let deep: Tensor = x;
  for (let i = 0; i < 50_000; i++) deep = relu(deep);
  expect(topological([deep])).toHaveLength(50_001);
});

test('leaves are found by kind, with their shapes', () => {
  const weight = variable('w', [2, 3]);
  const program: Program = { name: 'test', outputs: { out: add(x, weight) }, updates: { w: scale(weight, 2) } };
  expect(leaves(program, 'input')).toEqual(new Map([['x', [2, 3]]]));
  expect(leaves(program, 'variable')).toEqual(new Map([['w', [2, 3]]]));
  expect(leaves(program, 'scalar').size).toBe(0);
  expect(programRoots(program)).toEqual([program.outputs.out, program.updates.w]);
  expect(scalar('t').shape).toEqual([]);
});

test('gradients of one loss share their inputs and have the shapes of the parameters', () => {
  const [a, b] = [variable('a', [2]), variable('b', [3, 4])];
  const loss = input('loss', []);
  const [atA, atB] = gradients(loss, [a, b]);
  expect(atA.inputs).toBe(atB.inputs);
  expect([atA.shape, atB.shape]).toEqual([[2], [3, 4]]);
  expect(() => gradients(x, [a])).toThrow('gradients: the loss must be a scalar');
});
