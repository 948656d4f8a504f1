import { expect, test } from 'vitest';
import { add, relu, relu6 } from '../../graph/ops/arithmetic';
import { conv2d, depthwiseConv2d } from '../../graph/ops/convolution';
import { gradients, variable } from '../../graph/ops/leaves';
import { programRoots, topological } from '../../graph/program';
import type { Tensor } from '../../graph/tensor';
import { complaints, type OpCase, weighted } from '../testing/check';
import { frozen, fusionCases } from '../testing/fusion_cases';
import { createTensorflowExecutor } from './executor';
import { fusedFor } from './fusing';

const executor = await createTensorflowExecutor('wasm');

const x = (...shape: number[]) => variable('x', shape);
const w = (...shape: number[]) => variable('w', shape);
const separable = (channels: number, stride: number) =>
  depthwiseConv2d(x(2, 7, 7, channels), w(3, 3, channels, 1), { stride, padding: 1 });

const cases: OpCase[] = [
  { name: 'depthwise of 20 channels, frozen norm, ReLU6', result: relu6(frozen(separable(20, 2))), derivative: false },
  { name: 'depthwise of 5 channels, frozen norm', result: frozen(separable(5, 1)), derivative: false },
  { name: 'depthwise, frozen norm, learned', result: relu6(frozen(separable(8, 1))) },
  {
    name: 'convolution to 17 channels, frozen norm, residual, ReLU',
    result: relu(
      add(frozen(conv2d(x(1, 5, 5, 3), w(3, 3, 3, 17), { padding: 1 })), variable('residual', [1, 5, 5, 17])),
    ),
    derivative: false,
  },
];

test.each([...fusionCases, ...cases])('$name', async (fusionCase) => {
  expect(await complaints(executor, fusionCase)).toEqual([]);
});

const kinds = (outputs: Record<string, Tensor>): string[] =>
  topological(programRoots(fusedFor('wasm', { name: 'kinds', outputs, updates: {} }))).map(({ kind }) => kind);

test('only what is not learned becomes one node', () => {
  const y = relu(frozen(conv2d(x(1, 3, 3, 4), w(1, 1, 4, 4))));
  expect(kinds({ y })).toContain('convolveFrozen');
  const [gradient] = gradients(weighted(y), [y.inputs[0].inputs[0].inputs[1]]);
  expect(kinds({ y, gradient })).toEqual(expect.arrayContaining(['conv2d', 'frozenNorm', 'relu']));
});
