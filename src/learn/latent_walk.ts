import type { WalkRequest } from '../core/reconstructions';

/** Standard deviations of the prior from end to end: almost all codes lie within. */
const REACH = 3;
/** Places of a walk, the middle one at 0. */
export const WALK_PLACES = 13;

/**
 * The code of one picture with one dimension set to values from -3 to 3, all others as they are. By default the first
 * picture, along the dimension that says most. codes [N, C], divergence [C] -> codes [13, C].
 */
export function walkAlong(
  rows: readonly number[],
  codes: Float32Array,
  divergence: Float32Array,
  request: WalkRequest,
): { row: number; dimension: number; values: number[]; codes: number[] } {
  const dim = divergence.length;
  const at = Math.max(0, rows.indexOf(request.row ?? -1));
  const known = request.dimension !== null && request.dimension >= 0 && request.dimension < dim;
  const dimension = known ? (request.dimension as number) : divergence.indexOf(Math.max(...divergence));
  const values = Array.from({ length: WALK_PLACES }, (_, i) => REACH * ((2 * i) / (WALK_PLACES - 1) - 1));
  const start = [...codes.subarray(at * dim, (at + 1) * dim)];
  return { row: rows[at], dimension, values, codes: values.flatMap((value) => start.with(dimension, value)) };
}
