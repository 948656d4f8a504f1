import type { NamedArray } from '../core/records';
import { initialWeights } from './initial';
import { initialVelocities } from './optimizer';
import { owned, type WeightSpec } from './weights';

/** First values of all that is trained: each owner's weights by the seed, and their velocities at zero. */
export function initialTrained(
  owners: Readonly<Record<string, readonly WeightSpec[]>>,
  seed: number,
): Record<string, NamedArray> {
  const parts = Object.entries(owners).map(([owner, specs]) => ({
    ...owned(owner, initialWeights(specs, seed)),
    ...initialVelocities(specs, owner),
  }));
  return Object.assign({}, ...parts);
}
