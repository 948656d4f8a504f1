import type { SearchView } from '../../core/search_view';
import { knnScores, knnWords } from '../knn';
import { type LabelledRows, labelledRows } from '../labels';
import type { NearestTable } from '../nearest';
import { recallScores } from '../recall';
import { averagePrecisionScores, retrievalMeasures } from '../retrieval/retrieval';
import { pickRows, type Rows, unitRows } from '../rows';
import { affordableQueries, grouped, sampledWords, sampleRows } from '../sample';
import type { Resampling } from '../scores/bootstrap';
import { type ScoredMeasure, scoredMeasure } from '../scores/measured';
import type { Work } from '../work';
import { ReciprocalIndex } from './reciprocal';
import { refined } from './refinement';

/** The `k` re-ranked nearest of each of these rows. */
function* regrouped(bank: Rows, queries: Int32Array, k: number): Work<NearestTable> {
  const index = new ReciprocalIndex(unitRows(bank));
  const rows = new Int32Array(queries.length * k).fill(-1);
  const similarities = new Float64Array(queries.length * k).fill(-Infinity);
  for (const [i, query] of queries.entries()) {
    for (const [place, found] of index.nearest(query, k).entries()) {
      rows[i * k + place] = found.row;
      similarities[i * k + place] = found.similarity;
    }
    if (i % 64 === 63) yield i / queries.length;
  }
  return { k, queries, rows, similarities };
}

function* groupedMeasures(rows: Rows, labelled: LabelledRows, column: string, resampling: Resampling) {
  const bank = pickRows(rows, labelled.rows);
  const asked = sampleRows(labelled.queries, affordableQueries(bank.count, bank.dim), resampling.seed);
  const wanted = asked.reduce((most, query) => Math.max(most, labelled.wanted[query]), 0);
  const nearest = yield* regrouped(bank, asked, Math.max(wanted, labelled.k));
  const among = `by re-ranked order; ${sampledWords(asked.length, labelled.queries.length)} among ${grouped(bank.count)} pictures of ${grouped(labelled.classCount)} classes${labelled.leftOut}.`;
  const measured: ScoredMeasure[] = [
    scoredMeasure('kNN', knnScores(nearest, labelled), knnWords(asked.length, labelled), resampling, column),
    scoredMeasure(
      'R@1',
      recallScores(nearest, labelled, 1),
      `The nearest other picture has the same label ${among}`,
      resampling,
      column,
    ),
    scoredMeasure(
      'mAP@R',
      averagePrecisionScores(nearest, labelled),
      `Average precision down to as many nearest other pictures as have the label ${among}`,
      resampling,
      column,
    ),
  ];
  return measured;
}

/**
 * What embeddings [count, dim] are worth for search by one view: kNN, R@1 and mAP@R with intervals. `labels`: class number
 * a row, -1 for none. Empty where labels tell nothing apart. Refinement is fitted on all rows, labelled or not.
 */
export function* evaluateSearch(
  values: Float32Array,
  count: number,
  dim: number,
  labels: Int32Array,
  view: SearchView,
  column = 'folder',
  resampling: Resampling = {},
): Work<ScoredMeasure[]> {
  const labelled = labelledRows(labels);
  if (!labelled) return [];
  const rows: Rows = view.refined ? refined(values, count, dim) : { values, count, dim };
  if (view.grouped) return yield* groupedMeasures(rows, labelled, column, resampling);
  const all = yield* retrievalMeasures(rows, labelled, column, resampling);
  return all.filter(({ measure: { name } }) => name === 'kNN' || name === 'R@1' || name === 'mAP@R');
}
