import { expect, test } from 'vitest';
import type { Tensor } from '../tensor';
import { add, addScaled, blend, exp, matMul, mean, mul } from './arithmetic';
import { crossEntropy, featureStd, isLargest, maskSame, semiHard } from './contrast';
import { averagePool, conv2d, depthwiseConv2d, maxPool, meanPool, upsample2 } from './convolution';
import { constant, input, scalar } from './leaves';
import { batchNorm, frozenNorm, moments, poolMoments } from './normalisation';
import { concatColumns, concatRows, gatherRows, reshape, rowDot, sliceRows, unitRows, writeRing } from './rows';

const x = (...shape: number[]): Tensor => input('x', shape);
const ids = (count: number): Tensor => input('ids', [count], 'int32');

// PyTorch's rule: floor((side + 2 padding - window) / stride) + 1.
test.each([
  [32, 3, 1, 1, 32],
  [32, 3, 2, 1, 16],
  [33, 3, 2, 1, 17],
  [32, 1, 2, 0, 16],
  [33, 1, 2, 0, 17],
  [96, 7, 2, 3, 48],
])('a window over %i of %i / %i with padding %i gives %i', (side, window, stride, padding, out) => {
  expect(conv2d(x(2, side, side, 3), x(window, window, 3, 8), { stride, padding }).shape).toEqual([2, out, out, 8]);
  expect(maxPool(x(2, side, side, 3), { size: window, stride, padding }).shape).toEqual([2, out, out, 3]);
});

// TensorFlow's rule: ceil(side / stride) places, the odd zero at the far end.
test.each([
  [5, 3, 1, [1, 1]],
  [6, 3, 2, [0, 1]],
  [7, 3, 2, [1, 1]],
  [8, 7, 1, [3, 3]],
  [9, 1, 2, [0, 0]],
])("'same' over %i of %i / %i pads by %j", (side, window, stride, [before, after]) => {
  const { shape, attributes } = conv2d(x(1, side, side, 3), x(window, 1, 3, 8), { stride, padding: 'same' });
  expect(shape).toEqual([1, Math.ceil(side / stride), Math.ceil(side / stride), 8]);
  expect(attributes).toEqual({ stride, padding: [before, after, 0, 0] });
});

test('shapes of the other ops', () => {
  const pictures = x(8, 5, 5, 6);
  const ofPictures = moments(pictures, { groups: 4 });
  const shapes: [Tensor, number[]][] = [
    [meanPool(pictures), [8, 6]],
    [upsample2(pictures), [8, 10, 10, 6]],
    [reshape(pictures, [40, 30]), [40, 30]],
    [mul(pictures, exp(pictures)), [8, 5, 5, 6]],
    [semiHard(x(3, 4), x(3, 1), 0.1), [3]],
    [ofPictures, [4, 2, 6]],
    [batchNorm(pictures, ofPictures, x(6), x(6)), [8, 5, 5, 6]],
    [frozenNorm(pictures, x(6), x(6), x(6), x(6)), [8, 5, 5, 6]],
    [poolMoments(ofPictures, 1), [6]],
    [matMul(x(3, 4), x(4, 5)), [3, 5]],
    [matMul(x(3, 4), x(5, 4), { transposeRight: true }), [3, 5]],
    [add(pictures, x(6)), [8, 5, 5, 6]],
    [mean(pictures), []],
    [unitRows(x(3, 4)), [3, 4]],
    [rowDot(x(3, 4), x(3, 4)), [3, 1]],
    [concatColumns(x(3, 1), x(3, 4)), [3, 5]],
    [concatColumns(pictures, pictures, x(8, 5, 5, 2)), [8, 5, 5, 14]],
    [depthwiseConv2d(pictures, x(3, 3, 6, 1), { stride: 2, padding: 1 }), [8, 3, 3, 6]],
    [averagePool(pictures, { size: 3, stride: 1, padding: 1 }), [8, 5, 5, 6]],
    [concatRows(pictures, x(2, 5, 5, 6)), [10, 5, 5, 6]],
    [sliceRows(pictures, 6, 2), [2, 5, 5, 6]],
    [gatherRows(pictures, ids(3)), [3, 5, 5, 6]],
    [maskSame(x(3, 4), ids(3), ids(4)), [3, 4]],
    [crossEntropy(x(3, 4), ids(3)), [3]],
    [isLargest(x(3, 4), ids(3)), [3]],
    [featureStd(x(3, 4)), []],
    [writeRing(x(8, 4), x(3, 4), scalar('p')), [8, 4]],
  ];
  for (const [tensor, shape] of shapes) expect(tensor.shape, tensor.kind).toEqual(shape);
});

test('integers stay integers', () => {
  expect(writeRing(ids(8), input('new', [3], 'int32'), scalar('p')).dtype).toBe('int32');
  expect(constant(Int32Array.of(1, 2), [2]).dtype).toBe('int32');
  expect(gatherRows(ids(8), ids(2)).dtype).toBe('int32');
});

// What does not fit is named when the graph is built, not when it runs.
test.each<[string, () => Tensor]>([
  ['conv2d: 4 channels into weights for 3', () => conv2d(x(1, 5, 5, 4), x(3, 3, 3, 8))],
  ['conv2d: a picture of 2 x 2 is too small', () => conv2d(x(1, 2, 2, 3), x(3, 3, 3, 8))],
  ['moments: a batch of 6 does not divide into 4 groups', () => moments(x(6, 2), { groups: 4 })],
  ['batchNorm: the moments must be of the same', () => batchNorm(x(2, 4), moments(x(2, 4)), x(4), x(4))],
  ['frozenNorm: [3] does not fit', () => frozenNorm(x(2, 4), x(4), x(4), x(3), x(4))],
  ['matMul: [2,3] does not meet [4,5]', () => matMul(x(2, 3), x(4, 5))],
  ['add: [2,3] and [2] do not fit', () => add(x(2, 3), x(2))],
  ['addScaled: [2,3] and [3] differ', () => addScaled(x(2, 3), x(3), 1)],
  ['blend: [2] and [3] differ', () => blend(x(2), x(3), 0.5)],
  ['rowDot: [2,3] and [3,2] differ', () => rowDot(x(2, 3), x(3, 2))],
  ['concatColumns: [2,3] and [3,3]', () => concatColumns(x(2, 3), x(3, 3))],
  ['depthwiseConv2d: 4 channels into weights for 3', () => depthwiseConv2d(x(1, 5, 5, 4), x(3, 3, 3, 1))],
  ['depthwiseConv2d: one window a channel', () => depthwiseConv2d(x(1, 5, 5, 4), x(3, 3, 4, 2))],
  ['mul: [2,3] and [3] differ', () => mul(x(2, 3), x(3))],
  ['reshape: [2,3] does not fill [4]', () => reshape(x(2, 3), [4])],
  ['semiHard: positives [3] for 3 rows', () => semiHard(x(3, 4), x(3), 0.1)],
  ['sliceRows: [2, 5) of 4 rows', () => sliceRows(x(4, 2), 2, 3)],
  ['gatherRows: the order must be int32', () => gatherRows(x(4, 2), x(4))],
  ['maskSame: ids must be int32', () => maskSame(x(2, 3), x(2), ids(3))],
  ['crossEntropy: targets [3] for [2,4]', () => crossEntropy(x(2, 4), ids(3))],
  ['writeRing: 5 rows into a ring of 4', () => writeRing(x(4, 2), x(5, 2), scalar('p'))],
  ['writeRing: the pointer must be a scalar', () => writeRing(x(4, 2), x(2, 2), x(1))],
  ['constant: 3 values for shape [2]', () => constant(new Float32Array(3), [2])],
])('refused: %s', (message, build) => {
  expect(build).toThrow(message);
});
