import type { NamedArray } from '../../src/core/records';

/** Largest difference of two tensors, as a share of the largest expected value. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let [difference, largest] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const apart = Math.abs(actual[i] - expected[i]);
    // A NaN is as wrong as can be; Math.max would lose it or keep it by accident of order.
    difference = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(difference, apart);
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return actual.length !== expected.length ? Number.POSITIVE_INFINITY : difference / (largest || 1);
}

/** Worst error over the tensors of one encoder. */
export const worstError = (
  actual: Readonly<Record<string, NamedArray>>,
  expected: Readonly<Record<string, NamedArray>>,
): number => Math.max(...Object.keys(expected).map((name) => relativeError(actual[name].data, expected[name].data)));
