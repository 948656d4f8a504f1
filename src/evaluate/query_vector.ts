import { type Rows, unitRows } from './rows';

/** How much of the mean negative example is taken off the mean positive one. */
export const NEGATIVE_SHARE = 0.5;

/** The mean direction of some of the rows, all of length 1: [dim], of length 1. */
export function meanDirection({ values, dim }: Rows, numbers: ArrayLike<number>): Float32Array {
  const sum = new Float32Array(dim);
  for (let i = 0; i < numbers.length; i++)
    for (let j = 0, at = numbers[i] * dim; j < dim; j++) sum[j] += values[at + j];
  return unitRows({ values: sum, count: 1, dim }, true).values;
}

/**
 * What to search for given examples [dim] of length 1: the mean of the positive ones less a share of the mean of the
 * negative ones (Rocchio 1971), of length 1.
 */
export function queryVector(examples: readonly { direction: Float32Array; unlike: boolean }[]): Float32Array {
  const dim = examples[0]?.direction.length ?? 0;
  const sum = new Float32Array(dim);
  const negatives = examples.filter(({ unlike }) => unlike).length;
  for (const { direction, unlike } of examples) {
    const weight = unlike ? -NEGATIVE_SHARE / negatives : 1 / (examples.length - negatives);
    for (let j = 0; j < dim; j++) sum[j] += weight * direction[j];
  }
  return unitRows({ values: sum, count: 1, dim }, true).values;
}
