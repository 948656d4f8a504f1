import { count as grouped } from '../core/amounts';
import type { Measure } from '../core/records';
import type { MeanScores } from '../core/scores';
import { type LabelledRows, queryScores } from './labels';
import type { NearestTable } from './nearest';
import { sampledWords } from './sample';
import { scoreOf } from './scores/scores';

/** 1 for each query that has a picture of its label among its k nearest others. */
export function recallScores(nearest: NearestTable, labelled: LabelledRows, k: number): MeanScores {
  return queryScores(nearest, labelled, (i, query) => {
    const found = nearest.rows.subarray(i * nearest.k, i * nearest.k + k);
    return found.some((row) => row >= 0 && labelled.classes[row] === labelled.classes[query]) ? 1 : 0;
  });
}

/**
 * Recall@1, leaving one out: the share of pictures whose nearest other picture has their label.
 * `nearest` are the neighbours of some or all of `labelled.queries` among all labelled rows.
 */
export function recallAt1(nearest: NearestTable, labelled: LabelledRows): Measure {
  const { queries } = nearest;
  return {
    name: 'R@1',
    value: scoreOf(recallScores(nearest, labelled, 1)),
    queries: queries.length,
    protocol: `Nearest other picture by cosine has the same label; leave one out, ${sampledWords(queries.length, labelled.queries.length)} among ${grouped(labelled.rows.length)} pictures of ${grouped(labelled.classCount)} classes${labelled.leftOut}.`,
  };
}
