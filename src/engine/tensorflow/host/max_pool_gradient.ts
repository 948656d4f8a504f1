import { type KernelConfig, MaxPoolGrad } from '@tensorflow/tfjs-core';
import { poolGeometry } from '../geometry';
import { hostKernel } from './memory';

// tfjs-backend-wasm 4.22 compares each value with 0 instead of with the smallest number, so that a window of negative
// values gives its gradient to nobody. To be deleted if a release of TensorFlow.js mends that; it gets no more releases.

/** dx: each window's gradient goes to the first of its largest values. */
export const maxPoolGradient: KernelConfig = hostKernel('wasm', MaxPoolGrad, (memory, { dy, input }, attributes) => {
  const g = poolGeometry(attributes, input.shape);
  const out = memory.allocate(input.shape);
  const [x, gradient, dx] = [input, dy, out].map((tensor) => memory.read(tensor));
  const channels = g.inChannels;
  dx.fill(0);
  for (let n = 0; n < g.batchSize; n++)
    for (let row = 0; row < g.outHeight; row++)
      for (let column = 0; column < g.outWidth; column++) {
        const [top, left] = [row * g.strideHeight - g.padInfo.top, column * g.strideWidth - g.padInfo.left];
        const [bottom, right] = [Math.min(top + g.filterHeight, g.inHeight), Math.min(left + g.filterWidth, g.inWidth)];
        const at = ((n * g.outHeight + row) * g.outWidth + column) * channels;
        for (let c = 0; c < channels; c++) {
          let largest = -1;
          for (let y = Math.max(0, top); y < bottom; y++)
            for (let place = Math.max(0, left); place < right; place++) {
              const here = ((n * g.inHeight + y) * g.inWidth + place) * channels + c;
              if (largest < 0 || x[here] > x[largest]) largest = here;
            }
          dx[largest] += gradient[at + c];
        }
      }
  return out;
});
