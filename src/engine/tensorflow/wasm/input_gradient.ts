import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Geometry } from '../geometry';
import { product, type Tap } from './product';

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
export function inputGradient(wasm: BackendWasm, g: Geometry, dy: TensorInfo, weights: TensorInfo): TensorInfo {
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
