import { expect, test } from 'vitest';
import type { NamedArray } from '../core/records';
import { encoderWeights } from './encoder';
import { initialMoco } from './methods/moco';
import { TINY_ENCODER } from './tiny.testing';
import { fileTensors, fromTorch, toTorch, weightsFromFile } from './torch_layout';
import type { WeightSpec } from './weights';

const CONVOLUTION: WeightSpec = { name: 'conv1.weight', role: 'convolution', shape: [2, 2, 3, 5] };
const counted = (shape: number[]): NamedArray => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i),
});

test('HWIO [y, x, i, o] is OIHW [o, i, y, x]', () => {
  const { shape, data } = toTorch(CONVOLUTION, counted([2, 2, 3, 5]));
  expect(shape).toEqual([5, 3, 2, 2]);
  const [y, x, i, o] = [1, 0, 2, 4];
  expect(data[((o * 3 + i) * 2 + y) * 2 + x]).toBe(((y * 2 + x) * 3 + i) * 5 + o);
});

test('linears are transposed: ours [in, out], torch [out, in]', () => {
  const theirs = toTorch({ name: 'fc.weight', role: 'linear', shape: [2, 3] }, counted([2, 3]));
  expect(theirs).toEqual({ shape: [3, 2], data: Float32Array.of(0, 3, 1, 4, 2, 5) });
});

test('there and back again is the identity', () => {
  for (const spec of encoderWeights(TINY_ENCODER)) {
    const ours = counted([...spec.shape]);
    expect(fromTorch(spec, toTorch(spec, ours))).toEqual(ours);
  }
});

test('an exported encoder is read back as it was', () => {
  const variables = initialMoco(TINY_ENCODER, 12, 1);
  const file = fileTensors(variables, TINY_ENCODER);
  const tensors = new Map(Object.entries(file).map(([name, array]) => [name, { dtype: 'F32', ...array }]));
  const back = weightsFromFile('model.safetensors', tensors, '', encoderWeights(TINY_ENCODER));
  for (const [name, values] of Object.entries(back)) expect(values).toEqual(variables[`query.${name}`]);
});

test('a file that does not fit is refused, naming the tensor', () => {
  const specs = [CONVOLUTION];
  const read = (tensors: Record<string, { dtype: string; shape: number[]; data: Float32Array | Uint8Array }>) => () =>
    weightsFromFile('w.safetensors', new Map(Object.entries(tensors)), '', specs);
  const good = { dtype: 'F32', ...counted([5, 3, 2, 2]) } as { dtype: string; shape: number[]; data: Float32Array };
  expect(read({ 'conv1.weight': good, 'bn1.num_batches_tracked': good })).not.toThrow();
  expect(read({})).toThrow("'conv1.weight' is missing");
  expect(read({ 'conv1.weight': { ...good, shape: [2, 2, 3, 5] } })).toThrow("'conv1.weight' has the shape");
  expect(read({ 'conv1.weight': { ...good, dtype: 'U8', data: new Uint8Array(60) } })).toThrow('U8');
  expect(read({ 'conv1.weight': { ...good, data: good.data.with(3, Number.NaN) } })).toThrow('not numbers');
  expect(read({ 'conv1.weight': good, '__proto__.x': good })).toThrow('not a weight of this encoder');
});
