import { Draws } from '../../src/core/random';

/** Fixed directions of ones and minus ones that a gradient is measured along. */
const DIRECTIONS = 8;

/**
 * A gradient in nine numbers, for fixtures that are kept: its length, and its inner products with random directions of
 * ones and minus ones. An error e moves each of these by about |e|.
 */
export function gradientSummary(gradient: ArrayLike<number>): Float32Array {
  const draws = new Draws({ seed: 0, purpose: 'sample' });
  const along = new Array<number>(DIRECTIONS).fill(0);
  let squares = 0;
  for (let i = 0; i < gradient.length; i++) {
    const signs = draws.word();
    for (let k = 0; k < DIRECTIONS; k++) along[k] += (signs >>> k) & 1 ? gradient[i] : -gradient[i];
    squares += gradient[i] ** 2;
  }
  return Float32Array.of(Math.sqrt(squares), ...along);
}

/** Largest difference of two summaries, as a share of the expected length. */
export function summaryError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const apart = Math.abs(actual[i] - expected[i]);
    largest = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(largest, apart);
  }
  return largest / (expected[0] || 1);
}
