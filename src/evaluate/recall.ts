import type { Measure } from '../core/records';
import type { LabelledRows } from './labels';
import type { NearestTable } from './nearest';
import { grouped, sampledWords } from './sample';

/**
 * Recall@1, leaving one out: the share of pictures whose nearest other picture has their label.
 * `nearest` are the neighbours of some or all of `labelled.queries` among all labelled rows.
 */
export function recallAt1(nearest: NearestTable, labelled: LabelledRows): Measure {
  const { queries, rows, k } = nearest;
  let hits = 0;
  for (let i = 0; i < queries.length; i++)
    if (rows[i * k] >= 0 && labelled.classes[rows[i * k]] === labelled.classes[queries[i]]) hits++;
  return {
    name: 'R@1',
    value: hits / queries.length,
    queries: queries.length,
    protocol: `Nearest other picture by cosine has the same label; leave one out, ${sampledWords(queries.length, labelled.queries.length)} among ${grouped(labelled.rows.length)} pictures of ${grouped(labelled.classCount)} classes${labelled.leftOut}.`,
  };
}
