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
  /** Who may be drawn; absent: everybody. */
  drawn?: ReadonlySet<number>;
}

const listOf = ({ k, lists }: MutualNeighbours, row: number): Int32Array => lists.subarray(row * k, (row + 1) * k);

/** The picture of each row's second view. */
export function drawOthers(of: MutualNeighbours, rows: Int32Array, seed: number, step: number): Int32Array {
  return rows.map((row) => {
    const list = listOf(of, row).filter((other) => other !== NOBODY && (of.drawn?.has(other) ?? true));
    const draws = new Draws({ seed, purpose: 'neighbour', step, image: row });
    return draws.uniform() < SHARE && list.length > 0 ? list[draws.integer(list.length)] : row;
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

/** Lists of all `count` pictures: those added since have none. What was set aside or removed since is not drawn. */
export function amongDrawn(
  { k, lists }: MutualNeighbours,
  { count, drawn }: Pick<PixelSource, 'count' | 'drawn'>,
): MutualNeighbours {
  const all = new Int32Array(count * k).fill(NOBODY);
  all.set(lists.subarray(0, count * k));
  return { k, lists: all, ...(drawn && { drawn: new Set(drawn) }) };
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
