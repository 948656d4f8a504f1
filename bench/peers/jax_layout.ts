import { numpy as np } from '@jax-js/jax';
import type { NamedArray } from '../../src/core/records';
import type { JaxWeights } from './jax_encoder';

// jax-js convolves [N, I, H, W] with [O, I, k, k], as torch does; linears stay [in, out].

/** What a NamedArray holds never lies in shared memory. */
export const array = ({ shape, data }: NamedArray): np.Array =>
  np.array(data as Float32Array<ArrayBuffer>, { shape: [...shape] });

/** [N, S, S, 3] -> [N, 3, S, S]. */
export const pictures = (data: Float32Array, batch: number, side: number): np.Array =>
  np.transpose(array({ shape: [batch, side, side, 3], data }), [0, 3, 1, 2]);

export function weightsOf(weights: Readonly<Record<string, NamedArray>>): JaxWeights {
  const turned = (values: NamedArray): np.Array =>
    values.shape.length === 4 ? np.transpose(array(values), [3, 2, 0, 1]) : array(values);
  return Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, turned(values)]));
}
