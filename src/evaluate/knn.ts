import type { Measure } from '../core/records';
import type { LabelledRows } from './labels';
import type { NearestTable } from './nearest';
import { grouped, sampledWords } from './sample';

const TEMPERATURE = 0.1;

/**
 * Weighted k-nearest-neighbour accuracy, leaving one out: each of the k nearest votes for its label with weight
 * exp(cosine / T). Wu et al. 2018, Unsupervised Feature Learning via Non-Parametric Instance Discrimination, 3.4.
 */
export function knnAccuracy(nearest: NearestTable, labelled: LabelledRows): Measure {
  const { queries, rows, similarities } = nearest;
  const { classes, k } = labelled;
  if (nearest.k < k) throw new Error(`knnAccuracy: ${nearest.k} neighbours for k = ${k}`);
  const votes = new Float64Array(classes.reduce((most, number) => Math.max(most, number), 0) + 1);
  let hits = 0;
  for (let i = 0; i < queries.length; i++) {
    votes.fill(0);
    for (let j = 0, at = i * nearest.k; j < k; j++, at++)
      if (rows[at] >= 0) votes[classes[rows[at]]] += Math.exp(similarities[at] / TEMPERATURE);
    let best = 0;
    for (let name = 1; name < votes.length; name++) if (votes[name] > votes[best]) best = name;
    if (best === classes[queries[i]]) hits++;
  }
  return {
    name: 'kNN',
    value: hits / queries.length,
    queries: queries.length,
    protocol: `Vote of the ${k} nearest other pictures with weight exp(cosine / ${TEMPERATURE}); leave one out, ${sampledWords(queries.length, labelled.queries.length)} among ${grouped(labelled.rows.length)} pictures of ${grouped(labelled.classCount)} classes${labelled.leftOut}.`,
  };
}
