import { type Neighbour, Places } from '../nearest';
import { product, products } from '../products';
import type { Rows } from '../rows';
import type { Work } from '../work';
import { allPairs, pairing } from './all_pairs';
import { type Encodings, expanded, reciprocalEncodings } from './reciprocal_encodings';

const K1 = 20;

export interface ReciprocalOptions {
  /** Neighbours that must have each other. */
  k1?: number;
  /** Rows whose sets are averaged, the row itself among them. */
  k2?: number;
  /** Weight of the distance itself beside that of the sets. */
  keep?: number;
}

/**
 * Re-ranked search: two rows are near where their sets of k-reciprocal neighbours are alike (Zhong et al. 2017,
 * arXiv:1701.08398), so that look-alikes come as a group. Sets are kept as lists: memory grows with the rows alone.
 */
export class ReciprocalIndex {
  private readonly lowest: Float32Array;
  private readonly keep: number;
  private readonly sets: Encodings;
  /** Column -> the rows whose sets hold it, and with which weight. */
  private readonly holders: Encodings;
  private readonly cosines: Float64Array;
  private readonly shared: Float64Array;

  /** Of rows of length 1. Most of its time goes into the products of all pairs, which may be known. */
  constructor(
    private readonly unit: Rows,
    { k1 = K1, k2 = 6, keep = 0.3 }: ReciprocalOptions = {},
    pairs = allPairs(unit, k1),
  ) {
    this.lowest = pairs.lowest;
    this.keep = keep;
    this.sets = expanded(
      reciprocalEncodings(pairs, (a, b) => product(unit, a, b)),
      pairs,
      k2,
    );
    this.holders = turned(this.sets, unit.count);
    this.cosines = new Float64Array(unit.count);
    this.shared = new Float64Array(unit.count);
  }

  /** One in pieces. */
  static *inPieces(unit: Rows): Work<ReciprocalIndex> {
    return new ReciprocalIndex(unit, {}, yield* pairing(unit, K1));
  }

  /** The `count` rows that are nearest to a row when re-ranked, itself excluded; similarities are cosines as ever. */
  nearest(row: number, count: number): Neighbour[] {
    const { unit, cosines, shared, sets, holders, keep } = this;
    products(unit, unit.values.subarray(row * unit.dim, (row + 1) * unit.dim), cosines);
    shared.fill(0);
    for (let at = sets.starts[row]; at < sets.starts[row + 1]; at++) {
      const [column, weight] = [sets.columns[at], sets.weights[at]];
      for (let i = holders.starts[column]; i < holders.starts[column + 1]; i++)
        shared[holders.columns[i]] += Math.min(weight, holders.weights[i]);
    }
    const places = new Places(1, Math.max(0, Math.min(count, unit.count - 1)));
    const farthest = Math.max(1 - this.lowest[row], 1e-12);
    for (let other = 0; other < unit.count; other++) {
      const jaccard = 1 - shared[other] / (2 - shared[other]);
      const distance = (1 - cosines[other]) / farthest;
      if (other !== row) places.offer(0, other, -((1 - keep) * jaccard + keep * distance));
    }
    return Array.from(places.rows, (found) => ({ row: found, similarity: cosines[found] }));
  }
}

/** The same weights sorted by column. */
function turned({ starts, columns, weights }: Encodings, count: number): Encodings {
  const ends = new Int32Array(count + 1);
  for (const column of columns) ends[column + 1]++;
  for (let i = 0; i < count; i++) ends[i + 1] += ends[i];
  const next = ends.slice();
  const out = { starts: ends, columns: new Int32Array(columns.length), weights: new Float32Array(columns.length) };
  for (let row = 0; row < count; row++)
    for (let at = starts[row]; at < starts[row + 1]; at++) {
      const to = next[columns[at]]++;
      out.columns[to] = row;
      out.weights[to] = weights[at];
    }
  return out;
}
