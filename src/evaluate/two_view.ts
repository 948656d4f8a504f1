import { count as grouped } from '../core/amounts';
import type { Measure } from '../core/records';
import type { MeanScores } from '../core/scores';
import { CosineIndex } from './nearest';
import type { Rows } from './rows';
import { affordableQueries, allRows, sampledWords, sampleRows } from './sample';
import { scoreOf } from './scores/scores';

/**
 * Recall@1 without labels: row i of `first` and of `second` are two frozen views of picture i; 1 for each first view
 * whose nearest second view, of all pictures, is its own. At most `most` first views ask.
 */
function twoViewScores(first: Rows, second: Rows, most?: number, seed = 0): MeanScores {
  const { count, dim } = second;
  const queries = sampleRows(allRows(count), most ?? affordableQueries(count, dim), seed);
  const { rows } = new CosineIndex(second.values, count, dim).nearestOfVectors(first, queries, 1);
  const values = Float64Array.from(queries, (query, i) => (rows[i] === query ? 1 : 0));
  return { kind: 'mean', rows: queries, values };
}

/** Share of first views that find their own: see twoViewScores. */
export function twoViewRecall(first: Rows, second: Rows, most?: number, seed = 0): Measure {
  const scores = twoViewScores(first, second, most, seed);
  const [queries, count] = [scores.rows.length, second.count];
  return {
    name: 'two-view R@1',
    value: scoreOf(scores),
    queries,
    protocol: `Two views drawn once and frozen: the nearest by cosine of all ${grouped(count)} second views is the same picture's; ${sampledWords(queries, count)}.`,
  };
}
