import { count as grouped } from '../core/amounts';
import type { Measure } from '../core/records';
import type { MeanScores } from '../core/scores';
import { type LabelledRows, queryScores } from './labels';
import type { NearestTable } from './nearest';
import { sampledWords } from './sample';
import { scoreOf } from './scores/scores';

export const TEMPERATURE = 0.1;

/**
 * Weighted k-nearest-neighbour vote, leaving one out: each of the k nearest votes for its label with weight
 * exp(cosine / T). 1 for each query whose own label wins. Wu et al. 2018, Unsupervised Feature Learning via
 * Non-Parametric Instance Discrimination, 3.4.
 */
export function knnScores(nearest: NearestTable, labelled: LabelledRows): MeanScores {
  const { rows, similarities } = nearest;
  const { classes, k } = labelled;
  const votes = new Float64Array(classes.reduce((most, number) => Math.max(most, number), 0) + 1);
  return queryScores(nearest, labelled, (i, query) => {
    votes.fill(0);
    for (let j = 0, at = i * nearest.k; j < k; j++, at++)
      if (rows[at] >= 0) votes[classes[rows[at]]] += Math.exp(similarities[at] / TEMPERATURE);
    let best = 0;
    for (let name = 1; name < votes.length; name++) if (votes[name] > votes[best]) best = name;
    return best === classes[query] ? 1 : 0;
  });
}

/** How the vote was taken. */
export const knnWords = (asked: number, { k, queries, rows, classCount, leftOut }: LabelledRows): string =>
  `Vote of the ${k} nearest other pictures with weight exp(cosine / ${TEMPERATURE}); leave one out, ${sampledWords(asked, queries.length)} among ${grouped(rows.length)} pictures of ${grouped(classCount)} classes${leftOut}.`;

/** Accuracy of the vote: see knnScores. */
export function knnAccuracy(nearest: NearestTable, labelled: LabelledRows): Measure {
  const queries = nearest.queries.length;
  const value = scoreOf(knnScores(nearest, labelled));
  return { name: 'kNN', value, queries, protocol: knnWords(queries, labelled) };
}
