import {
  DepthwiseConv2dNative,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  type KernelConfig,
} from '@tensorflow/tfjs-core';
import { convolutionGeometry, type Geometry } from '../geometry';
import { eachMeeting } from './meetings';
import { hostKernel, type Numbers } from './memory';

// TensorFlow.js 4.22 has all three kernels in plain JavaScript, with an accessor call for every element. Sums here are double, as in the convolution beside. To be deleted with the backends that need them.

/** y[c] += x[c] w[c] */
function forward(g: Geometry, x: Numbers, weights: Numbers, y: Numbers): void {
  const channels = g.inChannels;
  const sums = new Float64Array(y.length);
  eachMeeting(g, (atX, tap, atY) => {
    const [from, w, to] = [atX * channels, tap * channels, atY * channels];
    for (let c = 0; c < channels; c++) sums[to + c] += x[from + c] * weights[w + c];
  });
  y.set(sums);
}

/** dx[c] += dy[c] w[c] */
function inputGradient(g: Geometry, dy: Numbers, weights: Numbers, dx: Numbers): void {
  const channels = g.inChannels;
  const sums = new Float64Array(dx.length);
  eachMeeting(g, (atX, tap, atY) => {
    const [to, w, from] = [atX * channels, tap * channels, atY * channels];
    for (let c = 0; c < channels; c++) sums[to + c] += dy[from + c] * weights[w + c];
  });
  dx.set(sums);
}

/** dw[c] += x[c] dy[c] */
function filterGradient(g: Geometry, x: Numbers, dy: Numbers, dw: Numbers): void {
  const channels = g.inChannels;
  const sums = new Float64Array(dw.length);
  eachMeeting(g, (atX, tap, atY) => {
    const [left, to, right] = [atX * channels, tap * channels, atY * channels];
    for (let c = 0; c < channels; c++) sums[to + c] += x[left + c] * dy[right + c];
  });
  dw.set(sums);
}

export const depthwiseKernels: readonly KernelConfig[] = [
  hostKernel(DepthwiseConv2dNative, (memory, { x, filter }, attributes) => {
    const g = convolutionGeometry(attributes, x.shape, filter.shape, true);
    const y = memory.allocate(g.outShape);
    forward(g, memory.read(x), memory.read(filter), memory.read(y));
    return y;
  }),
  hostKernel(DepthwiseConv2dNativeBackpropInput, (memory, { dy, filter }, attributes) => {
    const g = convolutionGeometry(attributes, attributes.inputShape as number[], filter.shape, true);
    const dx = memory.allocate(g.inShape);
    inputGradient(g, memory.read(dy), memory.read(filter), memory.read(dx));
    return dx;
  }),
  hostKernel(DepthwiseConv2dNativeBackpropFilter, (memory, { x, dy }, attributes) => {
    const g = convolutionGeometry(attributes, x.shape, attributes.filterShape as number[], true);
    const dw = memory.allocate(attributes.filterShape as number[]);
    filterGradient(g, memory.read(x), memory.read(dy), memory.read(dw));
    return dw;
  }),
];
