import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  backend_util,
  Conv2D,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  unregisterKernel,
} from '@tensorflow/tfjs-core';

type Shape4 = [number, number, number, number];

/** y [N, H', W', O] = x [N, H, W, I] convolved, in sums of double precision. */
const convolve: KernelFunc = ({ inputs, attrs, backend }) => {
  const { x, filter } = inputs as Record<'x' | 'filter', TensorInfo>;
  const { strides, pad, dilations } = attrs as unknown as {
    strides: [number, number];
    pad: backend_util.ExplicitPadding;
    dilations: [number, number];
  };
  const g = backend_util.computeConv2DInfo(x.shape as Shape4, filter.shape as Shape4, strides, dilations, pad);
  const cpu = backend as MathBackendCPU;
  const [values, weights] = [x, filter].map(({ dataId }) => cpu.data.get(dataId).values as Float32Array);
  const { inChannels: inner, outChannels: outer } = g;
  const y = new Float32Array(g.batchSize * g.outHeight * g.outWidth * outer);
  const sums = new Float64Array(outer);
  for (let place = 0; place < y.length / outer; place++) {
    const column = place % g.outWidth;
    const row = Math.floor(place / g.outWidth) % g.outHeight;
    const picture = Math.floor(place / g.outWidth / g.outHeight);
    sums.fill(0);
    for (let tap = 0; tap < g.filterHeight * g.filterWidth; tap++) {
      const i = row * g.strideHeight - g.padInfo.top + Math.floor(tap / g.filterWidth) * g.dilationHeight;
      const j = column * g.strideWidth - g.padInfo.left + (tap % g.filterWidth) * g.dilationWidth;
      if (i < 0 || i >= g.inHeight || j < 0 || j >= g.inWidth) continue;
      const from = ((picture * g.inHeight + i) * g.inWidth + j) * inner;
      for (let k = 0; k < inner; k++) {
        const w = (tap * inner + k) * outer;
        for (let o = 0; o < outer; o++) sums[o] += values[from + k] * weights[w + o];
      }
    }
    y.set(sums, place * outer);
  }
  return cpu.makeTensorInfo([...g.outShape], 'float32', y);
};

/** Has TensorFlow.js convolve in double sums in plain JavaScript, so that as the yardstick of others it is nearer than they are. */
export function sumInDouble(): void {
  unregisterKernel(Conv2D, 'cpu');
  registerKernel({ kernelName: Conv2D, backendName: 'cpu', kernelFunc: convolve });
}
