import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Geometry } from '../geometry';

// What the convolution and its two gradients share: which rows of x and y meet under which tap of the filter.

export const FLOAT = 4;

/** Every row of y under every tap that it shares pixels of x with: first pixels of both, how many, and of which picture. */
export function eachRow(
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
export function zeros(wasm: BackendWasm, shape: number[]): TensorInfo {
  const tensor = wasm.makeOutput(shape, 'float32');
  wasm.typedArrayFromHeap(tensor).fill(0);
  return tensor;
}

export type Run = (wasm: BackendWasm, g: Geometry, first: TensorInfo, second: TensorInfo) => TensorInfo;

/** [k, k, A, B] -> [k, k, B, A] */
export function transposed(wasm: BackendWasm, weights: TensorInfo, shape: readonly number[]): TensorInfo {
  const [height, width, rows, columns] = shape;
  const turned = wasm.makeOutput([height, width, columns, rows], 'float32');
  const [from, to] = [weights, turned].map((tensor) => wasm.typedArrayFromHeap(tensor));
  const matrix = rows * columns;
  for (let first = 0; first < from.length; first += matrix)
    for (let i = 0; i < rows; i++)
      for (let o = 0; o < columns; o++) to[first + o * rows + i] = from[first + i * columns + o];
  return turned;
}
