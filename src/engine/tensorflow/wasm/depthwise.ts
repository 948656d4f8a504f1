import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  DepthwiseConv2dNative,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { convolutionGeometry, type Geometry } from '../geometry';
import { addressOf, kernelsOf } from './linked';
import { type Finish, NOTHING } from './product';

// tfjs-backend-wasm 4.22 has no gradients of depthwise convolutions; the forward kernel here can do what follows as well.

/** Channels of a task; kernels/depthwise.ts. */
const CHANNELS = 16;

export function depthwiseForward(
  wasm: BackendWasm,
  g: Geometry,
  x: TensorInfo,
  weights: TensorInfo,
  finish: Finish = NOTHING,
): TensorInfo {
  const y = wasm.makeOutput(g.outShape, 'float32');
  slide(wasm, g, x, weights, y, finish);
  return y;
}

/** y of x, or backward: x is dy and y is dx. */
function slide(wasm: BackendWasm, g: Geometry, x: TensorInfo, weights: TensorInfo, y: TensorInfo, finish?: Finish) {
  const [pictures, rows, columns, channels] = y.shape;
  const { flags, mean, gain, beta, residual } = finish ?? NOTHING;
  kernelsOf(wasm).run('depthwise', pictures * rows, [
    ...[x, weights, y].map((tensor) => addressOf(wasm, tensor)),
    ...[x.shape[1], x.shape[2], rows, columns, channels, g.strideHeight, g.padInfo.top, g.padInfo.left],
    ...[g.filterHeight, g.filterWidth, Number(finish === undefined), flags, mean, gain, beta, residual, 0],
  ]);
}

function geometryOf(kernel: string, ...given: Parameters<typeof convolutionGeometry>): Geometry {
  const g = convolutionGeometry(...given);
  const known = g.dilationHeight === 1 && g.dilationWidth === 1 && g.strideHeight === g.strideWidth;
  if (!known || g.outChannels !== g.inChannels) throw new Error(`${kernel}: one window a channel, one stride`);
  return g;
}

export const depthwiseKernels = (): KernelConfig[] => [
  {
    kernelName: DepthwiseConv2dNative,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs = {}, backend }) => {
      const { x, filter } = inputs as Record<string, TensorInfo>;
      const g = geometryOf(DepthwiseConv2dNative, attrs, x.shape, filter.shape, true);
      return depthwiseForward(backend as BackendWasm, g, x, filter);
    },
  },
  {
    kernelName: DepthwiseConv2dNativeBackpropInput,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs = {}, backend }) => {
      const wasm = backend as BackendWasm;
      const { dy, filter } = inputs as Record<string, TensorInfo>;
      const shape = attrs.inputShape as number[];
      const g = geometryOf(DepthwiseConv2dNativeBackpropInput, attrs, shape, filter.shape, true);
      const dx = wasm.makeOutput(g.inShape, 'float32');
      slide(wasm, g, dy, filter, dx);
      return dx;
    },
  },
  {
    kernelName: DepthwiseConv2dNativeBackpropFilter,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs = {}, backend }) => {
      const wasm = backend as BackendWasm;
      const { x, dy } = inputs as Record<string, TensorInfo>;
      const shape = attrs.filterShape as number[];
      const g = geometryOf(DepthwiseConv2dNativeBackpropFilter, attrs, x.shape, shape, true);
      const dw = wasm.makeOutput(shape, 'float32');
      const tasks = g.filterHeight * g.filterWidth * Math.ceil(g.inChannels / CHANNELS);
      kernelsOf(wasm).run('depthwiseFilterGradient', tasks, [
        ...[x, dy, dw].map((tensor) => addressOf(wasm, tensor)),
        ...[g.inHeight, g.inWidth, g.outHeight, g.outWidth, g.inChannels, g.strideHeight],
        ...[g.padInfo.top, g.padInfo.left, g.filterWidth, g.batchSize],
      ]);
      return dw;
    },
  },
];
