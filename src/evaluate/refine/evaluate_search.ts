import { labelledRows } from '../labels';
import { retrievalMeasures } from '../retrieval/retrieval';
import type { Resampling } from '../scores/bootstrap';
import type { ScoredMeasure } from '../scores/measured';
import type { Work } from '../work';
import { refined } from './refinement';

/**
 * What embeddings [count, dim] are worth for search, refined or as they are: kNN, R@1 and mAP@R with intervals. `labels`:
 * class number a row, -1 for none. Empty where labels tell nothing apart. Refinement is fitted on all rows, labelled or not.
 */
export function* evaluateSearch(
  values: Float32Array,
  count: number,
  dim: number,
  labels: Int32Array,
  refine: boolean,
  column = 'folder',
  resampling: Resampling = {},
): Work<ScoredMeasure[]> {
  const labelled = labelledRows(labels);
  if (!labelled) return [];
  const rows = refine ? refined(values, count, dim) : { values, count, dim };
  const all = yield* retrievalMeasures(rows, labelled, column, resampling);
  return all.filter(({ measure: { name } }) => name === 'kNN' || name === 'R@1' || name === 'mAP@R');
}
