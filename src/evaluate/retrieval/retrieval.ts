import { count as grouped } from '../../core/amounts';
import type { MeanScores } from '../../core/scores';
import { knnScores, knnWords } from '../knn';
import { type LabelledRows, queryScores } from '../labels';
import type { NearestTable } from '../nearest';
import { recallScores } from '../recall';
import { pickRows, type Rows } from '../rows';
import { affordableQueries, sampledWords, sampleRows } from '../sample';
import type { Resampling } from '../scores/bootstrap';
import { type ScoredMeasure, scoredMeasure } from '../scores/measured';
import type { Work } from '../work';
import { nearestOthers } from './others';

/** Neighbours that are sorted for mAP@R, over all queries: more would take more memory than they are worth. */
const MOST_SORTED = 2_000_000;
const LEAST_QUERIES = 256;

/**
 * Average precision at R of each query, R the number of pictures of its label that it may find: 1 / R times the sum, over those of
 * its R nearest that have its label, of the precision down to there. 1 only if the R nearest are all of them. Musgrave
 * et al. 2020, A Metric Learning Reality Check.
 */
export function averagePrecisionScores(nearest: NearestTable, labelled: LabelledRows): MeanScores {
  const { classes } = labelled;
  return queryScores(nearest, labelled, (i, query) => {
    const wanted = labelled.wanted[query];
    let [hits, sum] = [0, 0];
    for (let place = 0; place < wanted; place++) {
      const row = nearest.rows[i * nearest.k + place];
      if (row >= 0 && classes[row] === classes[query]) sum += ++hits / (place + 1);
    }
    return sum / wanted;
  });
}

/** kNN, Recall@1, 5 and 10, and mAP@R of a label column, the query and what is kept together with it excluded. */
export function* retrievalMeasures(
  rows: Rows,
  labelled: LabelledRows,
  column: string,
  resampling: Resampling = {},
): Work<ScoredMeasure[]> {
  const bank = pickRows(rows, labelled.rows);
  const wanted = labelled.queries.reduce((most, query) => Math.max(most, labelled.wanted[query]), 0);
  const most = Math.min(affordableQueries(bank.count, bank.dim), Math.max(LEAST_QUERIES, MOST_SORTED / wanted));
  const asked = sampleRows(labelled.queries, Math.floor(most), resampling.seed);
  const k = Math.max(wanted, 10, labelled.k);
  const nearest = yield* nearestOthers(bank, asked, k, labelled.units);
  const among = `${sampledWords(asked.length, labelled.queries.length)} among ${grouped(bank.count)} pictures of ${grouped(labelled.classCount)} classes${labelled.leftOut}.`;
  const recalls = ([1, 5, 10] as const).map((k) =>
    scoredMeasure(
      `R@${k}`,
      recallScores(nearest, labelled, k),
      `${k === 1 ? 'The nearest other picture' : `One of the ${k} nearest other pictures`} by cosine has the same label; ${among}`,
      resampling,
      column,
    ),
  );
  const precision = scoredMeasure(
    'mAP@R',
    averagePrecisionScores(nearest, labelled),
    `Average precision down to as many nearest other pictures as have the label; ${among}`,
    resampling,
    column,
  );
  const votes = knnScores(nearest, labelled);
  return [scoredMeasure('kNN', votes, knnWords(asked.length, labelled), resampling, column), ...recalls, precision];
}
