import { add, matMul, mean, relu, relu6, scale } from '../../graph/ops/arithmetic';
import { crossEntropy, maskSame } from '../../graph/ops/contrast';
import { conv2d, depthwiseConv2d } from '../../graph/ops/convolution';
import { constant, variable } from '../../graph/ops/leaves';
import { batchNorm, frozenNorm, moments } from '../../graph/ops/normalisation';
import { concatColumns, rowDot } from '../../graph/ops/rows';
import type { Tensor } from '../../graph/tensor';
import { drawn, type OpCase } from './check';

const x = (...shape: number[]) => variable('x', shape);
const w = (...shape: number[]) => variable('w', shape);
const vector = (name: string, size: number) => variable(name, [size]);
const convolved = (groups: number, batch: number, side: number, inputs: number, outputs: number): Tensor => {
  const made = conv2d(x(batch, side, side, inputs), w(3, 3, inputs, outputs), { padding: 1 });
  return batchNorm(made, moments(made, { groups }), vector('gamma', outputs), vector('beta', outputs));
};
export const frozen = (of: Tensor): Tensor => {
  const channels = of.shape[of.shape.length - 1];
  const statistics = (low: number) =>
    constant(
      Float32Array.from({ length: channels }, (_, i) => low + 0.3 * i),
      [channels],
    );
  return frozenNorm(of, statistics(-0.4), statistics(0.5), vector('gamma', channels), vector('beta', channels));
};
/** [2, side, side, inputs] -> [2, side / stride, side / stride, outputs] */
const folded = (side: number, inputs: number, outputs: number, stride = 1): Tensor =>
  frozen(conv2d(x(2, side, side, inputs), w(3, 3, inputs, outputs), { stride, padding: 1 }));
/** The same of a depthwise convolution, [2, side, side, channels]. */
const depthwise = (side: number, channels: number, stride = 1): Tensor =>
  frozen(depthwiseConv2d(x(2, side, side, channels), w(3, 3, channels, 1), { stride, padding: 'same' }));
/** Values that ReLU6 meets on both its sides. */
const large = (of: Tensor): Tensor => scale(of, 6);
/** InfoNCE of 4 queries against a queue of 7, some of it the query's own picture. */
export const contrast = (queries: number, keys: number): { q: Tensor; loss: Tensor } => {
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
  return { q, loss: mean(crossEntropy(logits, first)) };
};

/** Everything that is fused, alone and beside what could be mistaken for it; of few shapes, as each is compiled. */
export const fusionCases: readonly OpCase[] = [
  { name: 'convolution, norm, ReLU', result: relu(convolved(1, 2, 5, 3, 8)) },
  { name: 'convolution, norm of two groups, ReLU', result: relu(convolved(2, 2, 4, 4, 4)) },
  { name: 'norm of odd channels, ReLU', result: relu(convolved(1, 2, 5, 8, 3)) },
  { name: 'norm, residual, ReLU', result: relu(add(convolved(1, 2, 4, 4, 4), variable('r', [2, 4, 4, 4]))) },
  { name: 'residual, norm', result: add(variable('r', [2, 4, 4, 4]), convolved(1, 2, 4, 4, 4)) },
  { name: 'convolution, norm of two groups of many rows', result: convolved(2, 4, 8, 4, 8) },
  { name: 'norm read twice', result: twice(convolved(1, 2, 4, 4, 4)) },
  { name: 'frozen norm, residual, ReLU', result: relu(add(frozen(x(2, 3, 3, 4)), variable('r', [2, 3, 3, 4]))) },
  { name: 'norm, ReLU6', result: relu6(convolved(1, 2, 4, 4, 4)) },
  {
    name: 'norm of large values, residual, ReLU6',
    result: relu6(add(convolved(1, 2, 4, 4, 4), large(variable('r', [2, 4, 4, 4])))),
  },
  { name: 'frozen norm, ReLU', result: relu(frozen(x(2, 3, 3, 8))) },
  { name: 'frozen norm of odd channels, ReLU6', result: relu6(frozen(large(x(2, 3, 3, 3)))) },
  {
    name: 'frozen norm, residual, ReLU6',
    result: relu6(add(frozen(x(2, 3, 3, 4)), large(variable('r', [2, 3, 3, 4])))),
  },
  { name: 'frozen norm of its own residual, ReLU', result: relu(residual(x(2, 3, 3, 4))) },
  { name: 'frozen norms of the same weights, one after the other', result: relu(again(frozen(x(2, 3, 3, 4)))) },
  { name: 'depthwise convolution, frozen norm, ReLU6', result: relu6(depthwise(5, 8)), derivative: false },
  { name: 'depthwise convolution / 2, frozen norm, ReLU6', result: relu6(depthwise(6, 3, 2)), derivative: false },
  {
    name: 'depthwise convolution, frozen norm, its own input as residual',
    result: add(depthwise(4, 4), x(2, 4, 4, 4)),
    derivative: false,
  },
  { name: 'depthwise convolution, frozen norm, ReLU6, learned', result: relu6(depthwise(4, 4)) },
  { name: 'convolution, frozen norm', result: folded(5, 3, 5), derivative: false },
  { name: 'convolution, frozen norm, ReLU', result: relu(folded(6, 4, 12)), derivative: false },
  {
    name: 'convolution / 2, frozen norm, residual, ReLU',
    result: relu(add(variable('r', [2, 4, 4, 8]), folded(7, 4, 8, 2))),
    derivative: false,
  },
  {
    name: 'convolution, frozen norm, its own input as residual',
    result: add(folded(4, 4, 4), x(2, 4, 4, 4)),
    derivative: false,
  },
  { name: 'convolution, frozen norm, ReLU, learned', result: relu(folded(4, 4, 4)) },
  { name: 'convolution, frozen norm read twice', result: twice(folded(4, 4, 4)), derivative: false },
  { name: 'product of long sums, vector, ReLU', result: relu(add(matMul(x(4, 260), w(260, 260)), vector('b', 260))) },
];
function again(norm: Tensor): Tensor {
  const [, mean, variance, gamma, beta] = norm.inputs;
  return frozenNorm(norm, mean, variance, gamma, beta);
}
function residual(of: Tensor): Tensor {
  return add(frozen(of), of);
}
function twice(norm: Tensor): Tensor {
  return add(relu(norm), norm);
}
