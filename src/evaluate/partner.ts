import { count as grouped } from '../core/amounts';
import type { Measure } from '../core/records';
import { CosineIndex } from './nearest';
import { pickRows, type Rows } from './rows';
import { affordableQueries, allRows, sampledWords, sampleRows } from './sample';

/**
 * Recall@1 of known pairs (the same thing drawn twice), both ways: the nearest of all second partners to each first one
 * is its own, and the reverse. `pairs` are rows of `rows`.
 */
export function partnerRecall(
  rows: Rows,
  pairs: readonly (readonly [number, number])[],
  most?: number,
  seed = 0,
): Measure[] {
  const sides = [0, 1].map((side) =>
    pickRows(
      rows,
      pairs.map((pair) => pair[side]),
    ),
  );
  const asked = sampleRows(allRows(pairs.length), most ?? affordableQueries(pairs.length, rows.dim), seed);
  return ['first to second', 'second to first'].map((way, from) => {
    const nearest = new CosineIndex(sides[1 - from].values, pairs.length, rows.dim).nearestOfVectors(
      sides[from],
      asked,
      1,
    );
    let hits = 0;
    for (let i = 0; i < asked.length; i++) if (nearest.rows[i] === asked[i]) hits++;
    return {
      name: 'partner R@1',
      value: hits / asked.length,
      queries: asked.length,
      protocol: `From ${way}: the nearest by cosine of all ${grouped(pairs.length)} partners is the picture's own; ${sampledWords(asked.length, pairs.length)}, labels ignored.`,
    };
  });
}
