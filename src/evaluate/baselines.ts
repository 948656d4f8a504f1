import type { Rows } from './rows';
import { SMALL, shrink } from './shrink';

const PIXELS = SMALL * SMALL;
/** Each channel in 8 steps. */
const BINS = 512;

/** The mean of the columns of embeddings, [dim]. */
export function meanRow({ values, count, dim }: Rows): Float64Array {
  const mean = new Float64Array(dim);
  for (let row = 0; row < count; row++)
    for (let column = 0; column < dim; column++) mean[column] += values[row * dim + column] / count;
  return mean;
}

/** Pictures [count, side, side, 3] as their pixels at 32 x 32, [count, 3072]. */
export const smallPixels = (pixels: Uint8Array, count: number, side: number): Rows => ({
  values: Float32Array.from(shrink(pixels, count, side)),
  count,
  dim: PIXELS * 3,
});

/**
 * Pictures [count, side, side, 3] as embeddings [count, 3072]: their pixels at 32 x 32, less the mean picture of these or
 * of others. What comparing without any learning reaches.
 */
export function rawPixels(pixels: Uint8Array, count: number, side: number, mean?: Float64Array): Rows {
  const rows = smallPixels(pixels, count, side);
  const centre = mean ?? meanRow(rows);
  const { values, dim } = rows;
  for (let at = 0; at < values.length; at++) values[at] -= centre[at % dim];
  return rows;
}

/**
 * Pictures [count, side, side, 3] as embeddings [count, 512]: the square root of their colour histogram at 32 x 32, 8
 * steps a channel. The cosine of two is the Bhattacharyya coefficient of their colours.
 */
export function colourHistogram(pixels: Uint8Array, count: number, side: number): Rows {
  const small = shrink(pixels, count, side);
  const values = new Float32Array(count * BINS);
  for (let i = 0; i < count * PIXELS; i++) {
    const bin = (small[3 * i] >> 5) * 64 + (small[3 * i + 1] >> 5) * 8 + (small[3 * i + 2] >> 5);
    values[Math.floor(i / PIXELS) * BINS + bin]++;
  }
  return { values: values.map(Math.sqrt), count, dim: BINS };
}
