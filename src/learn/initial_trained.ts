import type { NamedArray } from '../core/records';
import { initialWeights } from './initial';
import { initialVelocities } from './optimizer';
import { owned, type WeightSpec } from './weights';

/** First values of a run: each owner's weights by the seed and their velocities at zero; and the query encoder's frozen ones. */
export function initialTrained(
  owners: Readonly<Record<string, readonly WeightSpec[]>>,
  seed: number,
  frozen: readonly WeightSpec[] = [],
): Record<string, NamedArray> {
  const parts = Object.entries(owners).map(([owner, specs]) => ({
    ...owned(owner, initialWeights(specs, seed)),
    ...initialVelocities(specs, owner),
  }));
  return Object.assign(owned('query', initialWeights(frozen, seed)), ...parts);
}
