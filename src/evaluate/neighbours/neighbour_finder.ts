import { CosineIndex, type NearestTable } from '../nearest';
import type { Rows } from '../rows';

/** Finds the nearest rows of many rows. Every implementation finds the very same: which one it is changes no number. */
export interface NeighbourFinder {
  /** The k nearest rows by cosine of each of the rows `queries`, itself excluded; of equals the lower row first. */
  ofRows(rows: Rows, queries: Int32Array, k: number): Promise<NearestTable>;
}

/** The plain loop in double precision, on this thread: what the others are held to. */
export const byLoop: NeighbourFinder = {
  ofRows: async ({ values, count, dim }, queries, k) => new CosineIndex(values, count, dim).nearestOfRows(queries, k),
};
