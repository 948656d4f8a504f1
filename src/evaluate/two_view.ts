import type { Measure } from '../core/records';
import { CosineIndex } from './nearest';
import type { Rows } from './rows';
import { affordableQueries, allRows, grouped, sampledWords, sampleRows } from './sample';

/**
 * Recall@1 without labels: row i of `first` and of `second` are two frozen views of picture i; the share of first views
 * whose nearest second view, of all pictures, is their own. At most `most` first views ask.
 */
export function twoViewRecall(first: Rows, second: Rows, most?: number, seed = 0): Measure {
  const { count, dim } = second;
  if (first.count !== count) throw new Error(`twoViewRecall: ${first.count} first views and ${count} second views`);
  const queries = sampleRows(allRows(count), most ?? affordableQueries(count, dim), seed);
  const { rows } = new CosineIndex(second.values, count, dim).nearestOfVectors(first, queries, 1);
  let hits = 0;
  for (let i = 0; i < queries.length; i++) if (rows[i] === queries[i]) hits++;
  return {
    name: 'two-view R@1',
    value: hits / queries.length,
    queries: queries.length,
    protocol: `Two views drawn once and frozen: the nearest by cosine of all ${grouped(count)} second views is the same picture's; ${sampledWords(queries.length, count)}.`,
  };
}
