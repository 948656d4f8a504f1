import type { Rows } from '../rows';
import { piece, type Work } from '../work';
import { aligned } from './aligned';
import { placeOthers } from './place_others';
import { umap } from './umap';
import type { Neighbours } from './visible';

/** What a map is made of. */
interface Mapped {
  /** [count, dim], of length 1. */
  readonly unit: Rows;
  /** [count, directions], those first in which pictures differ most. */
  readonly directions: Rows;
  /** Rows that are placed by their neighbours; each of the others comes beside its nearest of these. */
  readonly numbers: Int32Array;
  readonly table: Neighbours;
}

/**
 * Coordinates [count, 2]. They begin where an earlier map of the same encoder has placed the pictures, and new ones beside
 * their nearest; else along the first two directions in which pictures differ.
 * @param like a map that this one is turned like, as far as it goes
 */
export function* mapOf(
  { unit, directions: { values, dim }, numbers, table }: Mapped,
  before: Float32Array | null,
  like: Float32Array | null,
): Work<Float32Array> {
  const whole = numbers.length === unit.count;
  const placed = (at: number, axis: number): number => {
    const row = numbers[at];
    if (!before) return axis < dim ? 10 * values[row * dim + axis] : 0;
    if (2 * row < before.length) return before[2 * row + axis];
    const near = table.rows.subarray(at * table.k, (at + 1) * table.k);
    return before[2 * numbers[near.find((other) => other >= 0 && 2 * numbers[other] < before.length) ?? 0] + axis];
  };
  const start = Float32Array.from({ length: 2 * numbers.length }, (_, at) => placed(Math.floor(at / 2), at % 2));
  const some = yield* piece(umap(table, start), 0, whole ? 1 : 0.1);
  const map = whole ? some : yield* piece(placeOthers(unit, numbers, some), 0.1, 1);
  return like ? aligned(map, like) : lyingFlat(map);
}

/** Coordinates [count, 2] with the longer side across, as screens are. */
function lyingFlat(map: Float32Array): Float32Array {
  const side = (axis: 0 | 1): number => {
    const along = map.filter((_, at) => at % 2 === axis);
    return (
      along.reduce((most, one) => Math.max(most, one), -Infinity) -
      along.reduce((least, one) => Math.min(least, one), Infinity)
    );
  };
  return side(0) >= side(1) ? map : map.map((_, at) => map[at ^ 1]);
}
