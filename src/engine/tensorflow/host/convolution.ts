import {
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  type KernelConfig,
  type NamedAttrMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { convolutionGeometry, type Geometry } from '../geometry';
import { eachMeeting } from './meetings';
import { hostKernel, type Numbers } from './memory';

// TensorFlow.js 4.22 convolves in plain JavaScript with single-precision sums (Conv2D) or through an accessor per element
// (Conv2DBackpropFilter, ten times the time of these). Sums here are double: the cpu backend is the yardstick of the others.
// To be deleted if a release of TensorFlow.js does the same.

/** Calls `visit` with the first element of x, of the weights and of y for every pair of places that meet under a tap. */
function eachProduct(g: Geometry, visit: (x: number, weights: number, y: number) => void): void {
  const { inChannels: inner, outChannels: outer } = g;
  eachMeeting(g, (x, tap, y) => visit(x * inner, tap * inner * outer, y * outer));
}

/** y[o] += x[i] w[i, o] */
function forward(g: Geometry, x: Numbers, weights: Numbers): Float64Array {
  const y = new Float64Array(g.batchSize * g.outHeight * g.outWidth * g.outChannels);
  const { inChannels, outChannels } = g;
  eachProduct(g, (atX, atWeights, atY) => {
    for (let i = 0; i < inChannels; i++) {
      const value = x[atX + i];
      const w = atWeights + i * outChannels;
      for (let o = 0; o < outChannels; o++) y[atY + o] += value * weights[w + o];
    }
  });
  return y;
}

/** dx[i] += dy[o] w[i, o] */
function inputGradient(g: Geometry, dy: Numbers, weights: Numbers): Float64Array {
  const dx = new Float64Array(g.batchSize * g.inHeight * g.inWidth * g.inChannels);
  const { inChannels, outChannels } = g;
  eachProduct(g, (atX, atWeights, atY) => {
    for (let i = 0; i < inChannels; i++) {
      const w = atWeights + i * outChannels;
      let sum = 0;
      for (let o = 0; o < outChannels; o++) sum += dy[atY + o] * weights[w + o];
      dx[atX + i] += sum;
    }
  });
  return dx;
}

/** dw[i, o] += x[i] dy[o] */
function filterGradient(g: Geometry, x: Numbers, dy: Numbers): Float64Array {
  const dw = new Float64Array(g.filterHeight * g.filterWidth * g.inChannels * g.outChannels);
  const { inChannels, outChannels } = g;
  eachProduct(g, (atX, atWeights, atY) => {
    for (let i = 0; i < inChannels; i++) {
      const value = x[atX + i];
      const w = atWeights + i * outChannels;
      for (let o = 0; o < outChannels; o++) dw[w + o] += value * dy[atY + o];
    }
  });
  return dw;
}

type Shapes = [x: readonly number[], filter: readonly number[]];

function kernel(
  kernelName: string,
  operands: readonly [string, string],
  shapes: (inputs: Record<string, TensorInfo>, attributes: NamedAttrMap) => Shapes,
  result: 'inShape' | 'outShape' | 'filterShape',
  compute: (g: Geometry, first: Numbers, second: Numbers) => Float64Array,
): KernelConfig {
  return hostKernel(kernelName, (memory, inputs, attributes) => {
    const g = convolutionGeometry(attributes, ...shapes(inputs, attributes));
    const out = memory.allocate(g[result]);
    const [first, second] = operands.map((name) => memory.read(inputs[name]));
    memory.read(out).set(compute(g, first, second));
    return out;
  });
}

export const convolutionKernels: readonly KernelConfig[] = [
  kernel(Conv2D, ['x', 'filter'], ({ x, filter }) => [x.shape, filter.shape], 'outShape', forward),
  kernel(
    Conv2DBackpropInput,
    ['dy', 'filter'],
    ({ filter }, { inputShape }) => [inputShape as number[], filter.shape],
    'inShape',
    inputGradient,
  ),
  kernel(
    Conv2DBackpropFilter,
    ['x', 'dy'],
    ({ x }, { filterShape }) => [x.shape, filterShape as number[]],
    'filterShape',
    filterGradient,
  ),
];
