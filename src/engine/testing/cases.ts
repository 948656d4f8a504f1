import { add, addScaled, blend, exp, matMul, mean, mul, relu, relu6, scale } from '../../graph/ops/arithmetic';
import { crossEntropy, featureStd, isLargest, maskSame, semiHard } from '../../graph/ops/contrast';
import { averagePool, conv2d, depthwiseConv2d, maxPool, meanPool, upsample2 } from '../../graph/ops/convolution';
import { constant, input, scalar, stopGradient, variable } from '../../graph/ops/leaves';
import { batchNorm, frozenNorm, moments, poolMoments } from '../../graph/ops/normalisation';
import {
  concatColumns,
  concatRows,
  gatherRows,
  reshape,
  rowDot,
  sliceRows,
  unitRows,
  writeRing,
} from '../../graph/ops/rows';
import type { Shape, Tensor } from '../../graph/tensor';
import type { OpCase } from './check';

// Every op on odd and even sizes: what every backend has to get right.

const x = (...shape: number[]) => variable('x', shape);
const w = (...shape: number[]) => variable('w', shape);
const ids = (...values: number[]) => constant(Int32Array.from(values), [values.length]);
const positive = (shape: Shape) => Float32Array.from({ length: shape[0] }, (_, i) => 0.5 + 0.3 * i);

const convolution = (side: number, window: number, stride: number, batch = 2): OpCase => ({
  name: `conv2d ${window} x ${window} / ${stride} of ${batch} x ${side} x ${side}`,
  result: conv2d(x(batch, side, side, 3), w(window, window, 3, 8), { stride, padding: (window - 1) / 2 }),
});

const depthwise = (side: number, window: number, stride: number, channels = 8): OpCase => ({
  name: `depthwiseConv2d ${window} x ${window} / ${stride} of ${side} x ${side} x ${channels}`,
  result: depthwiseConv2d(x(2, side, side, channels), w(window, window, channels, 1), {
    stride,
    padding: (window - 1) / 2,
  }),
});

/** What the layers of InceptionV3 and MobileNetV2 ask beyond a ResNet's. */
const pretrainedLayers: OpCase[] = [
  { name: 'conv2d 1 x 7, same', result: conv2d(x(2, 5, 5, 8), w(1, 7, 8, 12), { padding: 'same' }) },
  { name: 'conv2d 7 x 1, same', result: conv2d(x(2, 5, 5, 8), w(7, 1, 8, 12), { padding: 'same' }) },
  { name: 'conv2d 5 x 5, same', result: conv2d(x(2, 6, 6, 4), w(5, 5, 4, 8), { padding: 'same' }) },
  {
    name: 'conv2d 3 x 3 / 2, same, even',
    result: conv2d(x(2, 6, 6, 4), w(3, 3, 4, 8), { stride: 2, padding: 'same' }),
  },
  { name: 'conv2d 3 x 3 / 2, same, odd', result: conv2d(x(2, 7, 7, 4), w(3, 3, 4, 8), { stride: 2, padding: 'same' }) },
  { name: 'conv2d 3 x 3 / 2, no padding, even', result: conv2d(x(2, 8, 8, 4), w(3, 3, 4, 8), { stride: 2 }) },
  {
    name: 'conv2d 3 x 3 / 2 of a picture, zeros at the far end',
    result: conv2d(x(1, 8, 8, 3), w(3, 3, 3, 8), { stride: 2, padding: [0, 1, 0, 1] }),
  },
  depthwise(5, 3, 1),
  depthwise(7, 3, 2),
  depthwise(6, 3, 2, 12),
  {
    name: 'depthwiseConv2d 3 x 3 / 2, zeros at the far end',
    result: depthwiseConv2d(x(2, 6, 6, 4), w(3, 3, 4, 1), { stride: 2, padding: [0, 1, 0, 1] }),
  },
  { name: 'averagePool 3 / 1', result: averagePool(x(2, 5, 5, 4), { size: 3, stride: 1, padding: 1 }) },
  { name: 'averagePool 2 / 2', result: averagePool(x(2, 6, 6, 8), { size: 2, stride: 2, padding: 0 }) },
  { name: 'maxPool 3 / 2 without padding', result: maxPool(x(2, 7, 7, 4), { size: 3, stride: 2, padding: 0 }) },
  {
    name: 'concatColumns of three maps',
    result: concatColumns(x(2, 3, 3, 4), w(2, 3, 3, 8), variable('v', [2, 3, 3, 4])),
  },
  {
    name: 'relu6',
    result: relu6(x(4, 6)),
    given: { x: Float32Array.from({ length: 24 }, (_, i) => -2.3 + 0.5 * i) },
  },
];

const pictures: OpCase[] = [
  convolution(5, 3, 1),
  convolution(7, 3, 2),
  convolution(6, 3, 2),
  convolution(5, 1, 1),
  convolution(5, 1, 2),
  convolution(6, 1, 2, 1),
  convolution(9, 7, 2, 1),
  { name: 'conv2d 5 to 4 channels', result: conv2d(x(1, 4, 4, 5), w(3, 3, 5, 4), { padding: 1 }) },
  { name: 'conv2d 8 to 12 channels', result: conv2d(x(1, 3, 3, 8), w(3, 3, 8, 12), { padding: 1 }) },
  { name: 'conv2d 8 to 3 channels', result: conv2d(x(2, 5, 5, 8), w(3, 3, 8, 3), { padding: 1 }) },
  { name: 'conv2d without padding', result: conv2d(x(1, 5, 5, 4), w(3, 3, 4, 4)) },
  {
    name: 'maxPool 3 / 2 of negative values',
    result: maxPool(x(2, 7, 7, 4), { size: 3, stride: 2, padding: 1 }),
    given: { x: Float32Array.from({ length: 2 * 49 * 4 }, (_, i) => -1 - ((i * 37) % 97) / 97) },
  },
  { name: 'maxPool 3 / 2 of an even side', result: maxPool(x(1, 6, 6, 4), { size: 3, stride: 2, padding: 1 }) },
  { name: 'maxPool 2 / 2', result: maxPool(x(2, 6, 6, 3), { size: 2, stride: 2, padding: 0 }) },
  { name: 'meanPool', result: meanPool(x(3, 5, 5, 4)) },
  { name: 'upsample2', result: upsample2(x(2, 3, 3, 4)) },
  { name: 'upsample2 of one pixel', result: upsample2(x(3, 1, 1, 3)) },
  { name: 'upsample2 of an oblong', result: reshape(upsample2(x(1, 2, 3, 5)), [6, 20]) },
];

const normed = (groups: number, ...shape: number[]) => {
  const channels = shape[shape.length - 1];
  const values = x(...shape);
  const ofX = moments(values, { groups });
  return { values, ofX, y: batchNorm(values, ofX, variable('gamma', [channels]), variable('beta', [channels])) };
};

const normalisation: OpCase[] = [
  { name: 'moments', result: moments(x(4, 3, 3, 4)), derivative: false },
  { name: 'moments of two groups', result: moments(x(4, 3, 3, 8), { groups: 2 }), derivative: false },
  { name: 'batchNorm', result: normed(1, 2, 5, 5, 4).y },
  { name: 'batchNorm of four groups', result: normed(4, 8, 3, 3, 4).y },
  { name: 'batchNorm of rows', result: normed(2, 10, 8).y },
  { name: 'batchNorm of many rows', result: normed(1, 3, 7, 7, 4).y },
  {
    name: 'batchNorm far from zero',
    result: normed(1, 2, 5, 5, 4).y,
    given: { x: Float32Array.from({ length: 200 }, (_, i) => 100 + ((i * 37) % 101) / 50) },
  },
  { name: 'poolMoments, mean', result: poolMoments(normed(2, 4, 3, 3, 4).ofX, 0), derivative: false },
  { name: 'poolMoments, variance', result: poolMoments(normed(2, 4, 3, 3, 4).ofX, 1, 1.25), derivative: false },
  {
    name: 'frozenNorm',
    result: frozenNorm(
      x(2, 3, 3, 4),
      constant(Float32Array.of(0.1, -0.2, 0.3, 0), [4]),
      constant(positive([4]), [4]),
      variable('gamma', [4]),
      variable('beta', [4]),
    ),
  },
];

const t = scalar('t');
const twice = (tensor: Tensor): Tensor => add(tensor, tensor);
const squared = (tensor: Tensor): Tensor => mul(tensor, tensor);
const arithmetic: OpCase[] = [
  { name: 'matMul', result: matMul(x(3, 5), w(5, 4)) },
  { name: 'matMul, right side transposed', result: matMul(x(3, 5), w(7, 5), { transposeRight: true }) },
  { name: 'matMul of one row', result: matMul(x(1, 6), w(6, 3)) },
  { name: 'add', result: add(x(2, 3, 3, 4), w(2, 3, 3, 4)) },
  { name: 'add of a tensor to itself', result: twice(x(3, 4)) },
  { name: 'add of a vector', result: add(x(2, 3, 3, 4), w(4)) },
  { name: 'add of a vector to many rows', result: add(x(160, 3), w(3)) },
  { name: 'relu', result: relu(x(4, 6)) },
  { name: 'scale', result: scale(x(4, 6), -2.5) },
  { name: 'addScaled', result: addScaled(x(4, 6), w(4, 6), 0.3) },
  { name: 'addScaled by a scalar', result: addScaled(x(4, 6), w(4, 6), t), given: { t: -0.7 } },
  { name: 'mul', result: mul(x(4, 6), w(4, 6)) },
  { name: 'mul of a tensor by itself', result: squared(x(3, 4)) },
  { name: 'exp', result: exp(x(4, 6)) },
  { name: 'blend', result: blend(x(4, 6), w(4, 6), 0.1), derivative: false },
  { name: 'blend by a scalar', result: blend(x(4, 6), w(4, 6), t), given: { t: 0.01 }, derivative: false },
  { name: 'mean', result: mean(x(2, 3, 3, 4)) },
  { name: 'stopGradient', result: stopGradient(x(3, 4)), derivative: false },
];

const rows: OpCase[] = [
  { name: 'unitRows', result: unitRows(x(4, 6)) },
  { name: 'unitRows of zeros', result: unitRows(x(2, 3)), given: { x: new Float32Array(6) }, derivative: false },
  { name: 'rowDot', result: rowDot(x(4, 6), w(4, 6)) },
  { name: 'concatColumns', result: concatColumns(x(3, 1), w(3, 5)) },
  { name: 'concatRows', result: concatRows(x(2, 3, 3, 2), w(1, 3, 3, 2)) },
  { name: 'concatRows of a ReLU', result: concatRows(relu(x(2, 6)), w(3, 6)) },
  { name: 'concatRows of rows with a vector', result: concatRows(add(x(2, 5), variable('v', [5])), w(3, 5)) },
  { name: 'sliceRows', result: sliceRows(x(5, 4), 1, 3), derivative: false },
  { name: 'sliceRows of pictures', result: sliceRows(x(4, 3, 3, 2), 2, 2), derivative: false },
  { name: 'gatherRows, some twice', result: gatherRows(x(4, 3), ids(2, 0, 2, 3, 1)) },
  { name: 'gatherRows of pictures', result: gatherRows(x(3, 3, 3, 2), ids(2, 0, 1)) },
  { name: 'reshape of rows to pictures', result: reshape(x(2, 18), [2, 3, 3, 2]) },
  { name: 'reshape of pictures to rows', result: reshape(x(2, 3, 3, 2), [6, 6]) },
];

const logits = Float32Array.of(1, 3, 2, 5, 5, 0, -1, -2, -3);
const severalIds = constant(Int32Array.of(0, 7, -2, 3, 3, 5), [2, 3]);
const contrast: OpCase[] = [
  { name: 'maskSame', result: crossEntropy(maskSame(x(3, 5), ids(0, 7, -1), ids(7, 0, 2, 7, 20000)), ids(0, 1, 2)) },
  {
    name: 'maskSame by several ids a row',
    result: crossEntropy(maskSame(x(2, 4), severalIds, ids(7, 3, 0, -1)), ids(3, 0)),
  },
  { name: 'maskSame, its value', result: maskSame(x(2, 3), ids(1, 2), ids(2, 3, 1)), derivative: false },
  { name: 'crossEntropy', result: crossEntropy(x(4, 7), ids(0, 6, 3, 0)) },
  {
    name: 'crossEntropy of large logits',
    result: crossEntropy(x(2, 3), ids(0, 2)),
    given: { x: Float32Array.of(80, -90, 10, 0, 100, 100) },
  },
  {
    name: 'isLargest, with a tie',
    result: isLargest(variable('x', [3, 3]), ids(1, 0, 0)),
    given: { x: logits },
    derivative: false,
  },
  {
    name: 'semiHard: within the window, the first of equals, none but masked and near ones, none but far ones',
    result: semiHard(variable('x', [4, 5]), constant(Float32Array.of(0.5, 0.5, 0.5, 0.5), [4, 1]), 0.25),
    given: {
      x: Float32Array.of(
        ...[0.9, 0.3, 0.4, 0.5, 0.1],
        ...[0.3, 0.4, 0.4, 0.25, -1],
        ...[-1e30, 0.6, 0.7, 0.5, 0.2],
        ...[-0.2, 0.1, -1e30, 0, -1],
      ),
    },
    derivative: false,
  },
  { name: 'featureStd', result: featureStd(unitRows(x(6, 4))), derivative: false },
];

const ring = (size: number, count: number, pointer: number, dtype: 'float32' | 'int32' = 'float32'): OpCase => {
  const integers = dtype === 'int32';
  const shape = (length: number): number[] => (integers ? [length] : [length, 3]);
  const from = (length: number, first: number) => Int32Array.from({ length }, (_, i) => first + i);
  return {
    name: `writeRing of ${count} ${dtype} rows at ${pointer} of ${size}`,
    result: writeRing(variable('ring', shape(size), dtype), input('rows', shape(count), dtype), scalar('pointer')),
    given: {
      pointer,
      rows: integers ? from(count, 100) : Float32Array.from(from(3 * count, 100)),
      ...(integers ? { ring: from(size, 0) } : {}),
    },
    derivative: false,
  };
};

const rings = [ring(6, 2, 0), ring(6, 2, 4), ring(6, 4, 4), ring(6, 6, 0), ring(6, 6, 5), ring(6, 4, 4, 'int32')];

export const opCases: readonly OpCase[] = [
  ...pictures,
  ...pretrainedLayers,
  ...normalisation,
  ...arithmetic,
  ...rows,
  ...contrast,
  ...rings,
];
