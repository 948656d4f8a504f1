import { Resampler } from './resample';

/**
 * Squares [count, from, from, 3] resized to [count, to, to, 3], as PIL's antialiased bicubic does it: the trainer keeps
 * pictures at the side that its encoder needs, whatever the side they are stored at.
 */
export function resizeSquares(pixels: Uint8Array, count: number, from: number, to: number): Uint8Array {
  const bytes = from * from * 3;
  if (from === to) return pixels.slice();
  const resampler = new Resampler();
  const source = { offset: 0, stride: from * 3, channels: 3, columns: from, rows: from, width: from, height: from };
  const window = { width: to, height: to, left: 0, top: 0, columns: to, rows: to };
  const small = new Uint8Array(count * to * to * 3);
  for (let i = 0; i < count; i++) {
    resampler.load(pixels.subarray(i * bytes, (i + 1) * bytes));
    resampler.resize(source, window, 'bicubic');
    small.set(resampler.takePixels('rgb'), i * to * to * 3);
  }
  return small;
}
