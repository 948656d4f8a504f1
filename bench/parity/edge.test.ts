import {
  getKernel,
  type KernelFunc,
  registerKernel,
  unregisterKernel,
  type Tensor as Value,
} from '@tensorflow/tfjs-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { createTensorflowExecutor } from '../../src/engine/tensorflow/executor';
import { drawn } from '../../src/engine/testing/check';
import { add, mean, mul, relu, relu6 } from '../../src/graph/ops/arithmetic';
import { constant, gradients, input, variable } from '../../src/graph/ops/leaves';
import type { Tensor } from '../../src/graph/tensor';
import { type Made, onTheEdge, openTrial } from './edge';
import { relativeError } from './relative_error';

const executor = await createTensorflowExecutor('cpu');
const stock = new Map<string, KernelFunc>();
afterAll(() => executor.dispose());
afterEach(() =>
  stock.forEach((kernelFunc, name) => {
    replaceKernel(name, kernelFunc);
  }),
);

function replaceKernel(kernelName: string, kernelFunc: KernelFunc): void {
  unregisterKernel(kernelName, 'cpu');
  registerKernel({ kernelName, backendName: 'cpu', kernelFunc });
}

/** The kernel's first result, times 1 + 1 %. */
function breakKernel(name: string): void {
  const { kernelFunc } = getKernel(name, 'cpu');
  stock.set(name, kernelFunc);
  const broken: KernelFunc = (call) => {
    const made = kernelFunc(call) as Value;
    const values = (call.backend as { data: { get(id: object): { values: Float32Array } } }).data.get(
      made.dataId,
    ).values;
    values.forEach((value, i) => {
      values[i] = 1.01 * value;
    });
    return made;
  };
  replaceKernel(name, broken);
}

const SHAPE = [4, 3];
const weights = constant(drawn(SHAPE, 3).data, SHAPE);
const bias = variable('bias', [3]);

/** The bias's gradient through activation(a + bias), where the reference had `right` for `a`. */
async function explained(activation: (x: Tensor) => Tensor, own: Float32Array, right: Float32Array, broken?: string) {
  const value = activation(add(input('a', SHAPE), bias));
  const [gradient] = gradients(mean(mul(value, weights)), [bias]);
  const program = { name: 'edge', outputs: { gradient }, updates: {} };
  executor.write({ bias: { shape: [3], data: new Float32Array(3) } });
  const trial = await openTrial(executor, program);
  const expected = await trial.run({ before: {}, feeds: { a: right } });
  if (broken) breakKernel(broken);
  const errorsOf = (made: Made) => [relativeError(made.gradient, expected.gradient)];
  const from = { program, before: {}, feeds: { a: own }, errorsOf };
  const free = await trial.run(from);
  expect(errorsOf(free)[0]).toBeGreaterThan(2e-3);
  const found = await onTheEdge(executor, free, from);
  trial.dispose();
  return found;
}

/** Values, of which some are `by` beyond `jump`. */
const near = (jump: number, by: number, ...elements: number[]): Float32Array =>
  drawn(SHAPE, 4).data.map((value, i) => (elements.includes(i) ? jump + by : value));

test.each([
  ['one at zero', relu, 0, [5]],
  ['three at zero', relu, 0, [1, 5, 9]],
  ['one of ReLU6 at zero', relu6, 0, [5]],
  ['two of ReLU6 at six', relu6, 6, [2, 7]],
])('%s: ReLUs whose input rounding put on the other side are found and counted', async (_, kind, jump, elements) => {
  for (const by of [3e-7, -3e-7])
    expect(await explained(kind, near(jump, by, ...elements), near(jump, -by, ...elements))).toMatchObject({
      turned: elements.length,
    });
});

test('four are too many, and an input that is not near the edge explains nothing', async () => {
  expect(await explained(relu, near(0, 3e-7, 1, 4, 5, 9), near(0, -3e-7, 1, 4, 5, 9))).toBeNull();
  expect(await explained(relu, near(0, 3e-5, 5), near(0, -3e-5, 5))).toBeNull();
});

test('a kernel that is wrong is not explained by a ReLU that is on the edge, be it the derivative or the ReLU’s own', async () => {
  for (const broken of ['Multiply', 'Step'])
    expect(await explained(relu, near(0, 3e-7, 5), near(0, -3e-7, 5), broken)).toBeNull();
});
