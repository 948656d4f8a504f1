import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { kernelsOf } from './linked';

/** Rows of a task; never fewer, however many threads there are: the sums must not depend on them. */
const BAND = 256;

/** Flags of kernels/finish.ts. */
export const FINISH = { norm: 1, residual: 2, relu: 4, relu6: 8 } as const;

/** Rows [R, C] from an address on. */
export interface Rows {
  address: number;
  rows: number;
  channels: number;
}

/** Double sums [bands, kinds C] over bands of rows. */
function bandSums(
  wasm: BackendWasm,
  { address, rows, channels }: Rows,
  { kinds, what, mean, dy, band }: { kinds: number; what: number; mean: number; dy: number; band: number },
): Float64Array {
  const bands = Math.ceil(rows / band);
  const sums = wasm.makeOutput([bands, kinds, channels, 2], 'float32');
  const at = wasm.getMemoryOffset(sums.dataId);
  kernelsOf(wasm).run('sumChannels', bands, [address, rows, channels, band, what, mean, dy, at]);
  const floats = wasm.typedArrayFromHeap(sums);
  const result = new Float64Array(floats.buffer, floats.byteOffset, bands * kinds * channels).slice();
  wasm.disposeData(sums.dataId);
  return result;
}

function addedUp(sums: Float64Array, length: number): Float64Array {
  const total = new Float64Array(length);
  for (let first = 0; first < sums.length; first += length)
    for (let i = 0; i < length; i++) total[i] += sums[first + i];
  return total;
}

export const sumsOf = (wasm: BackendWasm, x: Rows): Float64Array =>
  addedUp(bandSums(wasm, x, { kinds: 1, what: 0, mean: 0, dy: 0, band: BAND }), x.channels);

/** Sums of x for each channel of as many rows at a time. */
export const sumsByRows = (wasm: BackendWasm, x: Rows, rows: number): Float64Array =>
  bandSums(wasm, x, { kinds: 1, what: 0, mean: 0, dy: 0, band: rows });

/** Sums of (x - mean)^2 for each channel; the address of the mean. */
export const squaresOf = (wasm: BackendWasm, x: Rows, mean: number): Float64Array =>
  addedUp(bandSums(wasm, x, { kinds: 1, what: 1, mean, dy: 0, band: BAND }), x.channels);

/** Sums of dy for each channel, and then of dy (x - mean); the addresses of both. */
export const gradientsOf = (wasm: BackendWasm, x: Rows, mean: number, dy: number): Float64Array =>
  addedUp(bandSums(wasm, x, { kinds: 2, what: 2, mean, dy, band: BAND }), 2 * x.channels);

/** y = relu?((x - mean) gain + beta + residual), all by their addresses. */
export function normaliseRows(
  wasm: BackendWasm,
  { address, rows, channels }: Rows,
  y: number,
  { flags, mean, gain, beta, residual }: { flags: number; mean: number; gain: number; beta: number; residual: number },
): void {
  const vectors = [mean, gain, beta, residual];
  const sizes = [rows, channels, BAND, flags];
  kernelsOf(wasm).run('normalise', Math.ceil(rows / BAND), [address, y, ...sizes, ...vectors]);
}

/** dx = dy gain, and through the moments (dy - level - (x - mean) tilt) gain; all by their addresses. */
export function normGradientRows(
  wasm: BackendWasm,
  { address: dy, rows, channels }: Rows,
  dx: number,
  gain: number,
  through?: { x: number; mean: number; level: number; tilt: number },
): void {
  const { x, mean, level, tilt } = through ?? { x: 0, mean: 0, level: 0, tilt: 0 };
  const sizes = [rows, channels, BAND, gain, Number(through !== undefined)];
  kernelsOf(wasm).run('normGradient', Math.ceil(rows / BAND), [dy, dx, ...sizes, x, mean, level, tilt]);
}

/** The vectors [C] that a call works with, in memory that is given back at the end. */
export class Vectors {
  private readonly tensor: TensorInfo;

  constructor(
    private readonly wasm: BackendWasm,
    count: number,
    private readonly channels: number,
  ) {
    this.tensor = wasm.makeOutput([count, channels], 'float32');
  }

  at(index: number): number {
    return this.wasm.getMemoryOffset(this.tensor.dataId) + 4 * index * this.channels;
  }

  /** A view, until the next allocation. */
  vector(index: number): Float32Array {
    const all = this.wasm.typedArrayFromHeap(this.tensor) as Float32Array;
    return all.subarray(index * this.channels, (index + 1) * this.channels);
  }

  dispose(): void {
    this.wasm.disposeData(this.tensor.dataId);
  }
}
