import type { MeanScores } from '../../core/scores';
import { CosineIndex } from '../nearest';
import type { Rows } from '../rows';
import { allRows } from '../sample';

/** What a row of embeddings shows. */
export interface Shown {
  /** [count]: the picture under the logo. */
  pictures: Int32Array;
  /** [count]: the logo on it, -1 for none. */
  logos: Int32Array;
}

export interface SameLogo {
  /** 1 for each row with a logo whose nearest row of another picture carries the same one. */
  scores: MeanScores;
  /** What choosing among the other pictures' rows at random would reach. */
  chance: number;
}

/**
 * Same logo on another picture: is it what is found first? Rows of a query's own picture, with whatever logo, are left
 * out. Logos that only one picture carries ask nothing.
 */
export function sameLogoFirst(rows: Rows, { pictures, logos }: Shown): SameLogo {
  const sizes = new Map<number, number>();
  const carried = new Map<number, Set<number>>();
  for (const [row, picture] of pictures.entries()) {
    sizes.set(picture, (sizes.get(picture) ?? 0) + 1);
    carried.set(logos[row], (carried.get(logos[row]) ?? new Set()).add(picture));
  }
  const queries = allRows(rows.count).filter((row) => logos[row] >= 0 && (carried.get(logos[row])?.size ?? 0) > 1);
  // Of so many nearest rows one at least belongs to another picture.
  const k = Math.max(0, ...sizes.values()) + 1;
  const nearest = new CosineIndex(rows.values, rows.count, rows.dim).nearestOfRows(queries, k);
  let chance = 0;
  const values = Float64Array.from(queries, (query, i) => {
    const others = allRows(rows.count).filter((row) => pictures[row] !== pictures[query]);
    chance += others.filter((row) => logos[row] === logos[query]).length / others.length / queries.length;
    const found = nearest.rows
      .subarray(i * k, (i + 1) * k)
      .find((row) => row >= 0 && pictures[row] !== pictures[query]);
    return found !== undefined && logos[found] === logos[query] ? 1 : 0;
  });
  return { scores: { kind: 'mean', rows: queries, values }, chance };
}
