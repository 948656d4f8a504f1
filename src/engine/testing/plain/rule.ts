import type { Kinds, OpKind, Shape } from '../../../graph/tensor';

/** Values in double precision, row-major. */
export interface Plain {
  readonly shape: Shape;
  readonly data: Float64Array;
}

/** What a kind of node means, in loops that follow its definition and nothing else. Scalar nodes have shape []. */
export type Rule<K extends OpKind> = (
  inputs: readonly Plain[],
  attributes: Kinds[K],
  shape: Shape,
) => ArrayLike<number>;

/** One value for each place of `shape`, given the place's indices. */
export function fill(shape: Shape, value: (...index: number[]) => number): Float64Array {
  const result = new Float64Array(shape.reduce((product, size) => product * size, 1));
  const index = shape.map(() => 0);
  for (let at = 0; at < result.length; at++) {
    result[at] = value(...index);
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0;
  }
  return result;
}

/** The element at these indices; outside of the tensor `outside`. */
export function at({ shape, data }: Plain, index: readonly number[], outside = 0): number {
  let place = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    if (index[axis] < 0 || index[axis] >= shape[axis]) return outside;
    place = place * shape[axis] + index[axis];
  }
  return data[place];
}

export const range = (size: number): number[] => Array.from({ length: size }, (_, i) => i);
export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
