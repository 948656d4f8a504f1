import { Draws } from '../core/random';
import type { NamedArray } from '../core/records';
import type { PixelSource } from './source';

// Mutual nearest neighbours as positives: the second view of a picture may be one of another that is among its k nearest
// and has it among its own. Found once, before training, in the embedding that a run starts from; kept in its checkpoints.

/** How often the second view is a neighbour's, of pictures that have one. */
const SHARE = 0.5;
/** Fills up lists of neighbours; no picture, and no empty row of a queue either. */
export const NOBODY = -2;

/** The name of the lists in a checkpoint, int32 [pictures, k]. */
export const NEIGHBOURS = 'neighbours';

/** A picture's list is filled up with `NOBODY` behind its mutual neighbours. */
export interface MutualNeighbours {
  k: number;
  /** int32 [pictures, k] */
  lists: Int32Array;
}

const listOf = ({ k, lists }: MutualNeighbours, row: number): Int32Array => lists.subarray(row * k, (row + 1) * k);

/** The picture of each row's second view. */
export function drawOthers(of: MutualNeighbours, rows: Int32Array, seed: number, step: number): Int32Array {
  return rows.map((row) => {
    const list = listOf(of, row);
    const end = list.indexOf(NOBODY);
    const count = end < 0 ? list.length : end;
    const draws = new Draws({ seed, purpose: 'neighbour', step, image: row });
    return draws.uniform() < SHARE && count > 0 ? list[draws.integer(count)] : row;
  });
}

/** What is no negative of each row: itself and its mutual neighbours, [N, 1 + k]. */
export function excludedBy(of: MutualNeighbours, rows: Int32Array): Int32Array {
  const width = 1 + of.k;
  const excluded = new Int32Array(rows.length * width);
  rows.forEach((row, i) => {
    excluded[i * width] = row;
    excluded.set(listOf(of, row), i * width + 1);
  });
  return excluded;
}

/** Lists of all `count` pictures, without those that are not drawn any more: set aside or removed since they were made. */
export function amongDrawn(
  { k, lists }: MutualNeighbours,
  { count, drawn }: Pick<PixelSource, 'count' | 'drawn'>,
): MutualNeighbours {
  const among = drawn && new Set(drawn);
  const left = new Int32Array(count * k).fill(NOBODY);
  for (let row = 0; row < Math.min(count, lists.length / k); row++)
    left.set(
      listOf({ k, lists }, row).filter((other) => other !== NOBODY && (among?.has(other) ?? true)),
      row * k,
    );
  return { k, lists: left };
}

/** The lists of a checkpoint; null where it has none. */
export function neighboursIn(variables: Readonly<Record<string, NamedArray>>): MutualNeighbours | null {
  const found = variables[NEIGHBOURS];
  return found?.data instanceof Int32Array ? { k: found.shape[1], lists: found.data } : null;
}

export const toArray = ({ k, lists }: MutualNeighbours): NamedArray => ({ shape: [lists.length / k, k], data: lists });

/** The variables of a checkpoint that belong into the executor. */
export const withoutNeighbours = ({
  [NEIGHBOURS]: _,
  ...variables
}: Readonly<Record<string, NamedArray>>): Record<string, NamedArray> => variables;
