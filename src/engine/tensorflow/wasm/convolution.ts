import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  Conv2D,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { convolutionGeometry, type Geometry } from '../geometry';
import { wrapped } from '../override';
import { addressOf, kernelsOf } from './linked';
import { type Finish, NOTHING, PANEL, product, shareOut, type Tap } from './product';

// tfjs-backend-wasm 4.22 has no Conv2DBackpropFilter at all, its Conv2DBackpropInput is scalar loops, and its Conv2D (XNNPACK)
// does half of what our kernels do and sums all products in one chain. To be deleted when the backend is replaced; it gets
// no more releases.

/**
 * dx at row s a + r (r its remainder) is the sum of dy at row a + d times the weights' row r + p - s d, over all d for
 * which there is one; columns alike. So each remainder's pixels are a convolution of dy without stride.
 */
function tapsOf(g: Geometry, row: number, column: number): Tap[] {
  const s = g.strideHeight;
  return Array.from({ length: g.filterHeight * g.filterWidth }, (_, tap) => ({
    tap,
    down: (row + g.padInfo.top - Math.floor(tap / g.filterWidth)) / s,
    across: (column + g.padInfo.left - (tap % g.filterWidth)) / s,
  })).filter(({ down, across }) => Number.isInteger(down) && Number.isInteger(across));
}

/** dy [N, H', W', O], weights [h, w, I, O] -> dx [N, H, W, I] */
function inputGradient(wasm: BackendWasm, g: Geometry, dy: TensorInfo, weights: TensorInfo): TensorInfo {
  const dx = wasm.makeOutput(g.inShape, 'float32');
  const stride = g.strideHeight;
  for (let row = 0; row < Math.min(stride, g.inHeight); row++)
    for (let column = 0; column < Math.min(stride, g.inWidth); column++) {
      const taps = tapsOf(g, row, column);
      const places = [Math.ceil((g.inHeight - row) / stride), Math.ceil((g.inWidth - column) / stride)] as const;
      product(wasm, {
        ...{ x: dy, weights, y: dx, turned: true, places, taps },
        stride: 1,
        into: { row, column, stride },
      });
    }
  return dx;
}

/** Places whose products are one sum. */
const BLOCK = 256;
/** Channels of x that a task takes; kernels/filter_gradient.ts. */
const CHANNELS = 32;

/** x [N, H, W, I], dy [N, H', W', O] -> dw [h, w, I, O] */
function filterGradient(wasm: BackendWasm, g: Geometry, x: TensorInfo, dy: TensorInfo): TensorInfo {
  const kernels = kernelsOf(wasm);
  const places = g.batchSize * g.outHeight * g.outWidth;
  const blocks = Math.ceil(places / BLOCK);
  const panels = Math.ceil(g.outChannels / PANEL);
  const dw = wasm.makeOutput(g.filterShape, 'float32');
  const packed = wasm.makeOutput([blocks, panels, BLOCK, PANEL], 'float32');
  const [atX, atDy, atPacked, atDw] = [x, dy, packed, dw].map((tensor) => addressOf(wasm, tensor));
  kernels.run('packRows', blocks, [atDy, atPacked, places, g.outChannels, BLOCK]);
  const bands = g.filterHeight * g.filterWidth * Math.ceil(g.inChannels / CHANNELS);
  const [each, tasksAcross] = shareOut(panels, bands, kernels.threads);
  kernels.run('filterGradient', bands * tasksAcross, [
    ...[atX, atPacked, atDw, places, g.outHeight, g.outWidth, g.inHeight, g.inWidth, g.inChannels, g.outChannels],
    ...[g.strideHeight, g.padInfo.top, g.padInfo.left, g.filterWidth, BLOCK, each, tasksAcross],
  ]);
  wasm.disposeData(packed.dataId);
  return dw;
}

export const forward = (
  wasm: BackendWasm,
  g: Geometry,
  x: TensorInfo,
  weights: TensorInfo,
  finish: Finish = NOTHING,
): TensorInfo => {
  const y = wasm.makeOutput(g.outShape, 'float32');
  product(wasm, {
    x,
    weights,
    y,
    places: [g.outHeight, g.outWidth],
    stride: g.strideHeight,
    finish,
    taps: Array.from({ length: g.filterHeight * g.filterWidth }, (_, tap) => ({
      tap,
      down: Math.floor(tap / g.filterWidth) - g.padInfo.top,
      across: (tap % g.filterWidth) - g.padInfo.left,
    })),
  });
  return y;
};

const known = (g: Geometry): boolean =>
  g.dilationHeight === 1 && g.dilationWidth === 1 && g.strideHeight === g.strideWidth;

function demandKnown(kernel: string, g: Geometry): void {
  if (!known(g)) throw new Error(`${kernel}: dilated, or strides [${g.strideHeight}, ${g.strideWidth}]`);
}

export const convolutionKernels = (): KernelConfig[] => [
  wrapped(Conv2D, 'wasm', (stock) => (parameters) => {
    const { x, filter } = parameters.inputs as Record<string, TensorInfo>;
    const g = convolutionGeometry(parameters.attrs ?? {}, x.shape, filter.shape);
    return known(g) ? forward(parameters.backend as BackendWasm, g, x, filter) : stock(parameters);
  }),
  {
    kernelName: Conv2DBackpropInput,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs = {}, backend }) => {
      const { dy, filter } = inputs as Record<string, TensorInfo>;
      const g = convolutionGeometry(attrs, attrs.inputShape as number[], filter.shape);
      demandKnown(Conv2DBackpropInput, g);
      return inputGradient(backend as BackendWasm, g, dy, filter);
    },
  },
  {
    kernelName: Conv2DBackpropFilter,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs = {}, backend }) => {
      const { x, dy } = inputs as Record<string, TensorInfo>;
      const g = convolutionGeometry(attrs, x.shape, attrs.filterShape as number[]);
      demandKnown(Conv2DBackpropFilter, g);
      return filterGradient(backend as BackendWasm, g, x, dy);
    },
  },
];
