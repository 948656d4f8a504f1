import { count as grouped } from '../core/amounts';
import type { Measure } from '../core/records';
import { CosineIndex } from './nearest';
import { pickRows, type Rows } from './rows';
import { affordableQueries, allRows, sampledWords, sampleRows } from './sample';

/**
 * Recall@1 of known pairs (the same thing drawn twice), both ways: the nearest of all second partners to each first one, but
 * for itself, is a partner of its own, and the reverse. `pairs` are rows of `rows`; a picture may be in several.
 */
export function partnerRecall(
  rows: Rows,
  pairs: readonly (readonly [number, number])[],
  most?: number,
  seed = 0,
): Measure[] {
  return ['first to second', 'second to first'].map((way, from) => {
    const all = Int32Array.from(new Set(pairs.map((pair) => pair[from])));
    const bank = Int32Array.from(new Set(pairs.map((pair) => pair[1 - from])));
    const known = new Set(pairs.map((pair) => `${pair[from]} ${pair[1 - from]}`));
    const asked = sampleRows(all, most ?? affordableQueries(all.length, rows.dim), seed);
    const index = new CosineIndex(pickRows(rows, bank).values, bank.length, rows.dim);
    // The nearest may be the query itself, where it is also somebody's partner.
    const nearest = index.nearestOfVectors(pickRows(rows, asked), allRows(asked.length), 2);
    const hits = asked.filter((row, i) => {
      const [first, second] = nearest.rows.subarray(i * nearest.k, (i + 1) * nearest.k);
      return known.has(`${row} ${bank[bank[first] === row ? second : first]}`);
    });
    return {
      name: 'partner R@1',
      value: hits.length / asked.length,
      queries: asked.length,
      protocol: `From ${way}: the nearest by cosine of all ${grouped(bank.length)} partners is the picture's own; ${sampledWords(asked.length, all.length)}, labels ignored.`,
    };
  });
}
