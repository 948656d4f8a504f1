import { elements, type Shape, type Tensor } from '../graph/tensor';
import type { Feeds } from './executor';

export const KINDS = { float32: Float32Array, int32: Int32Array, uint8: Uint8Array, uint32: Uint32Array };

/** An array that each run is fed. */
export interface Fed {
  readonly shape: Shape;
  readonly type: keyof typeof KINDS;
}

/** Throws where a program is not fed as it must be: with an array, or, where none is expected, with a number. */
export function checkFed(program: string, name: string, expected: Fed | null, fed: Feeds[string] | undefined): void {
  const wrong = (what: string) => new Error(`${program}: '${name}' ${what}`);
  if (fed === undefined) throw wrong('was not fed');
  if (expected === null && typeof fed !== 'number') throw wrong('must be fed with a number');
  if (expected === null) return;
  const { shape, type } = expected;
  if (typeof fed === 'number' || fed.length !== elements(shape)) throw wrong(`must be fed with [${shape}]`);
  if (!(fed instanceof KINDS[type])) throw wrong(`must be fed with ${type}`);
}

/** Throws where a variable is not what a program takes it for. */
export function checkVariable(
  program: string,
  name: string,
  held: Pick<Tensor, 'shape' | 'dtype'>,
  { shape, dtype }: Pick<Tensor, 'shape' | 'dtype'>,
): void {
  if (`${held.shape}` !== `${shape}` || held.dtype !== dtype)
    throw new Error(`${program}: '${name}' is ${held.dtype} [${held.shape}], not ${dtype} [${shape}]`);
}
