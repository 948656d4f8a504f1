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
import { filterGradient } from './filter_gradient';
import { inputGradient } from './input_gradient';
import { type Finish, NOTHING, product } from './product';

// tfjs-backend-wasm 4.22 has no Conv2DBackpropFilter at all, its Conv2DBackpropInput is scalar loops, and its Conv2D (XNNPACK)
// does half of what our kernels do and sums all products in one chain. To be deleted when the backend is replaced; it gets
// no more releases.

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
