import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  backend_util,
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

// TensorFlow.js 4.22 convolves in plain JavaScript through an accessor per element (Conv2DBackpropFilter takes fifty times the time
// of this) and with single-precision sums. Sums here are double: this backend is the yardstick of the others. To be deleted
// if a release of TensorFlow.js does the same.

type Geometry = backend_util.Conv2DInfo;
type Shape4 = [number, number, number, number];
type Numbers = Float32Array;

/** Calls `visit` with the first element of x, of the weights and of y for every two places that meet under a tap. */
function eachMeeting(g: Geometry, visit: (x: number, weights: number, y: number) => void): void {
  const { inChannels: inner, outChannels: outer } = g;
  for (let n = 0; n < g.batchSize; n++)
    for (let row = 0; row < g.outHeight; row++)
      for (let column = 0; column < g.outWidth; column++) {
        const y = ((n * g.outHeight + row) * g.outWidth + column) * outer;
        for (let tapRow = 0; tapRow < g.filterHeight; tapRow++) {
          const inRow = row * g.strideHeight + tapRow - g.padInfo.top;
          if (inRow < 0 || inRow >= g.inHeight) continue;
          for (let tap = 0; tap < g.filterWidth; tap++) {
            const inColumn = column * g.strideWidth + tap - g.padInfo.left;
            if (inColumn < 0 || inColumn >= g.inWidth) continue;
            const x = (n * g.inHeight + inRow) * g.inWidth + inColumn;
            visit(x * inner, (tapRow * g.filterWidth + tap) * inner * outer, y);
          }
        }
      }
}

/** y[o] += x[i] w[i, o] */
function forward(g: Geometry, x: Numbers, weights: Numbers, y: Float64Array): void {
  const { inChannels, outChannels } = g;
  eachMeeting(g, (atX, atWeights, atY) => {
    for (let i = 0; i < inChannels; i++) {
      const value = x[atX + i];
      const w = atWeights + i * outChannels;
      for (let o = 0; o < outChannels; o++) y[atY + o] += value * weights[w + o];
    }
  });
}

/** dx[i] += dy[o] w[i, o] */
function inputGradient(g: Geometry, dy: Numbers, weights: Numbers, dx: Float64Array): void {
  const { inChannels, outChannels } = g;
  eachMeeting(g, (atX, atWeights, atY) => {
    for (let i = 0; i < inChannels; i++) {
      const w = atWeights + i * outChannels;
      let sum = 0;
      for (let o = 0; o < outChannels; o++) sum += dy[atY + o] * weights[w + o];
      dx[atX + i] += sum;
    }
  });
}

/** dw[i, o] += x[i] dy[o] */
function filterGradient(g: Geometry, x: Numbers, dy: Numbers, dw: Float64Array): void {
  const { inChannels, outChannels } = g;
  eachMeeting(g, (atX, atWeights, atY) => {
    for (let i = 0; i < inChannels; i++) {
      const value = x[atX + i];
      const w = atWeights + i * outChannels;
      for (let o = 0; o < outChannels; o++) dw[w + o] += value * dy[atY + o];
    }
  });
}

interface Attributes {
  strides: [number, number];
  pad: backend_util.ExplicitPadding;
  inputShape: Shape4;
  filterShape: Shape4;
}

function kernel(
  kernelName: string,
  operands: readonly [string, string],
  result: 'inShape' | 'outShape' | 'filterShape',
  compute: (g: Geometry, first: Numbers, second: Numbers, sums: Float64Array) => void,
): KernelConfig {
  return {
    kernelName,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { strides, pad, inputShape, filterShape } = attrs as unknown as Attributes;
      const { x, filter } = inputs as Record<string, TensorInfo | undefined>;
      const [pictures, window] = [x?.shape ?? inputShape, filter?.shape ?? filterShape] as [Shape4, Shape4];
      const g = backend_util.computeConv2DInfo(pictures, window, strides, 1, pad);
      const cpu = backend as MathBackendCPU;
      const [first, second] = operands.map((name) => cpu.data.get(inputs[name]?.dataId as object).values as Numbers);
      const shape = g[result];
      const sums = new Float64Array(shape.reduce((a, b) => a * b, 1));
      compute(g, first, second, sums);
      return cpu.makeTensorInfo([...shape], 'float32', new Float32Array(sums));
    },
  };
}

export const convolutionKernels: readonly KernelConfig[] = [
  kernel(Conv2D, ['x', 'filter'], 'outShape', forward),
  kernel(Conv2DBackpropInput, ['dy', 'filter'], 'inShape', inputGradient),
  kernel(Conv2DBackpropFilter, ['x', 'dy'], 'filterShape', filterGradient),
];
