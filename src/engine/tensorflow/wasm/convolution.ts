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
import { inputGradient } from './input_gradient';
import { addressOf, routinesOf } from './linked';

// tfjs-backend-wasm 4.22 has no Conv2DBackpropFilter at all. Its Conv2D (XNNPACK) does 22 GFLOP/s on a thread where these
// loops do 30, and sums all products in one chain where these have a sum for each tap, which keeps more signs of values
// near 0 as they are in double precision. XNNPACK has threads, however: with two of them or more it is left to its work.
// To be deleted when the backend is replaced; it gets no more releases.

const FLOAT = 4;

/** Every row of y under every tap that it shares pixels of x with: first pixels of both, how many, and of which picture. */
function eachRow(
  g: Geometry,
  visit: (x: number, y: number, tap: number, pixels: number, picture: number) => void,
): void {
  const columns = Array.from({ length: g.filterWidth }, (_, tap) => {
    const shift = tap - g.padInfo.left;
    const first = Math.max(0, Math.ceil(-shift / g.strideWidth));
    const end = Math.min(g.outWidth, Math.floor((g.inWidth - 1 - shift) / g.strideWidth) + 1);
    return { first, pixels: end - first, x: first * g.strideWidth + shift };
  });
  for (let n = 0; n < g.batchSize; n++)
    for (let row = 0; row < g.outHeight; row++)
      for (let tapRow = 0; tapRow < g.filterHeight; tapRow++) {
        const xRow = row * g.strideHeight + tapRow - g.padInfo.top;
        if (xRow < 0 || xRow >= g.inHeight) continue;
        for (let tap = 0; tap < g.filterWidth; tap++) {
          const { first, pixels, x } = columns[tap];
          if (pixels <= 0) continue;
          const xFirst = (n * g.inHeight + xRow) * g.inWidth + x;
          visit(xFirst, (n * g.outHeight + row) * g.outWidth + first, tapRow * g.filterWidth + tap, pixels, n);
        }
      }
}

/** A result full of zeros. */
function zeros(wasm: BackendWasm, shape: number[]): TensorInfo {
  const tensor = wasm.makeOutput(shape, 'float32');
  wasm.typedArrayFromHeap(tensor).fill(0);
  return tensor;
}

type Run = (wasm: BackendWasm, g: Geometry, first: TensorInfo, second: TensorInfo) => TensorInfo;

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

/** Most floats that the parts of a filter gradient take up together. */
const PARTS_LIMIT = 2 ** 22;

/**
 * dw [I, O] += x' [I, pixels] dy [pixels, O], for each part of the batch by itself: one chain of sums over all rows of all
 * pictures would lose two digits.
 */
const filterSlope: Run = (wasm, g, x, dy) => {
  const weights = g.filterHeight * g.filterWidth * g.inChannels * g.outChannels;
  const parts = Math.max(1, Math.min(g.batchSize, Math.floor(PARTS_LIMIT / weights)));
  const pictures = Math.ceil(g.batchSize / parts);
  const dw = wasm.makeOutput(g.filterShape, 'float32');
  const split = zeros(wasm, [parts, weights]);
  const { productsTurned, rowSums } = routinesOf(wasm);
  const [atX, atDy, atSplit] = [x, dy, split].map((tensor) => addressOf(wasm, tensor));
  const [inner, outer] = [FLOAT * g.inChannels, FLOAT * g.outChannels];
  eachRow(g, (xFirst, yFirst, tap, pixels, picture) => {
    const part = atSplit + FLOAT * weights * Math.floor(picture / pictures);
    const [left, right, out] = [atX + xFirst * inner, atDy + yFirst * outer, part + tap * g.inChannels * outer];
    productsTurned(left, right, out, g.inChannels, pixels, g.outChannels, g.strideWidth * inner, outer);
  });
  rowSums(atSplit, addressOf(wasm, dw), parts, weights);
  wasm.disposeData(split.dataId);
  return dw;
};

/** dx [pixels, I] += dy [pixels, O] w' [O, I] */
const inputSlope: Run = (wasm, g, dy, weights) => {
  const dx = zeros(wasm, g.inShape);
  const turned = transposed(wasm, g, weights);
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

/** [k, k, I, O] -> [k, k, O, I] */
function transposed(wasm: BackendWasm, g: Geometry, weights: TensorInfo): TensorInfo {
  const { inChannels, outChannels } = g;
  const turned = wasm.makeOutput([g.filterHeight, g.filterWidth, outChannels, inChannels], 'float32');
  const [from, to] = [weights, turned].map((tensor) => wasm.typedArrayFromHeap(tensor));
  const matrix = inChannels * outChannels;
  for (let first = 0; first < from.length; first += matrix)
    for (let i = 0; i < inChannels; i++)
      for (let o = 0; o < outChannels; o++) to[first + o * inChannels + i] = from[first + i * outChannels + o];
  return turned;
}

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
      if (!fits(g, g.outChannels)) throw new Error(`${Conv2DBackpropFilter}: ${g.outChannels} channels, not fours`);
      return run(parameters, filterSlope, g, 'x', 'dy');
    },
  },
];
