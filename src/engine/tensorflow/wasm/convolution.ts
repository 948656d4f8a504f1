import { type BackendWasm, getThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import {
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { convolutionGeometry, type Geometry } from '../geometry';
import { type StockKernel, wrapped } from '../override';
import { filterSlope, filterSlopeTurned } from './filter_gradient';
import { inputGradient } from './input_gradient';
import { addressOf, routinesOf } from './linked';
import { eachRow, FLOAT, type Run, transposed, zeros } from './taps';

// tfjs-backend-wasm 4.22 has no Conv2DBackpropFilter at all. Its Conv2D (XNNPACK) does 22 GFLOP/s on a thread where these
// loops do 30, and sums all products in one chain where these have a sum for each tap, which keeps more signs of values
// near 0 as they are in double precision. XNNPACK has threads, however: with two of them or more it is left to its work.
// To be deleted when the backend is replaced; it gets no more releases.

/** y [pixels, O] += x [pixels, I] w [I, O] */
const forward: Run = (wasm, g, x, weights) => {
  const y = zeros(wasm, g.outShape);
  const { products } = routinesOf(wasm);
  const [atX, atWeights, atY] = [x, weights, y].map((tensor) => addressOf(wasm, tensor));
  const [inner, outer] = [FLOAT * g.inChannels, FLOAT * g.outChannels];
  eachRow(g, (xFirst, yFirst, tap, pixels) => {
    const right = atWeights + tap * g.inChannels * outer;
    const [left, out] = [atX + xFirst * inner, atY + yFirst * outer];
    products(left, right, out, pixels, g.inChannels, g.outChannels, g.strideWidth * inner, outer);
  });
  return y;
};

/** dx [pixels, I] += dy [pixels, O] w' [O, I] */
const inputSlope: Run = (wasm, g, dy, weights) => {
  const dx = zeros(wasm, g.inShape);
  const turned = transposed(wasm, weights, [g.filterHeight, g.filterWidth, g.inChannels, g.outChannels]);
  const { products } = routinesOf(wasm);
  const [atDy, atTurned, atDx] = [dy, turned, dx].map((tensor) => addressOf(wasm, tensor));
  const [inner, outer] = [FLOAT * g.inChannels, FLOAT * g.outChannels];
  eachRow(g, (xFirst, yFirst, tap, pixels) => {
    const right = atTurned + tap * g.outChannels * inner;
    const [left, out] = [atDy + yFirst * outer, atDx + xFirst * inner];
    products(left, right, out, pixels, g.outChannels, g.inChannels, outer, g.strideWidth * inner);
  });
  wasm.disposeData(turned.dataId);
  return dx;
};

/** Whether the loops can do it: the columns of the result come in vectors of 4. */
const fits = (g: Geometry, columns: number): boolean =>
  columns % 4 === 0 && g.dilationHeight === 1 && g.dilationWidth === 1;

const run = (
  parameters: Parameters<StockKernel>[0],
  kernel: Run,
  g: Geometry,
  first: string,
  second: string,
): TensorInfo => {
  const inputs = parameters.inputs as Record<string, TensorInfo>;
  return kernel(parameters.backend as BackendWasm, g, inputs[first], inputs[second]);
};

export const convolutionKernels = (): KernelConfig[] => [
  wrapped(Conv2D, 'wasm', (stock) => (parameters) => {
    const { x, filter } = parameters.inputs as Record<string, TensorInfo>;
    const g = convolutionGeometry(parameters.attrs ?? {}, x.shape, filter.shape);
    if (getThreadsCount() > 1 || !fits(g, g.outChannels)) return stock(parameters);
    return run(parameters, forward, g, 'x', 'filter');
  }),
  wrapped(Conv2DBackpropInput, 'wasm', () => (parameters) => {
    const { filter } = parameters.inputs as Record<string, TensorInfo>;
    const attributes = parameters.attrs ?? {};
    const g = convolutionGeometry(attributes, attributes.inputShape as number[], filter.shape);
    if (getThreadsCount() > 1 || !fits(g, g.inChannels)) return inputGradient(parameters);
    return run(parameters, inputSlope, g, 'dy', 'filter');
  }),
  {
    kernelName: Conv2DBackpropFilter,
    backendName: 'wasm',
    kernelFunc: (parameters) => {
      const { x } = parameters.inputs as Record<string, TensorInfo>;
      const attributes = parameters.attrs ?? {};
      const g = convolutionGeometry(attributes, x.shape, attributes.filterShape as number[]);
      if (fits(g, g.outChannels)) return run(parameters, filterSlope, g, 'x', 'dy');
      if (fits(g, g.inChannels) && g.strideWidth === 1) return run(parameters, filterSlopeTurned, g, 'x', 'dy');
      throw new Error(
        `${Conv2DBackpropFilter}: ${g.inChannels} to ${g.outChannels} channels at stride ${g.strideWidth}, not fours`,
      );
    },
  },
];
