import type { RecipeName } from '../core/config';
import type { Measure } from '../core/records';
import { alignment } from './alignment';
import { featureStd } from './collapse';
import { knnAccuracy } from './knn';
import { labelledRows } from './labels';
import { byLoop, type NeighbourFinder } from './neighbours/neighbour_finder';
import { partnerRecall } from './partner';
import { rankMe } from './rankme';
import { recallAt1 } from './recall';
import { pickRows, type Rows } from './rows';
import { affordableQueries, sampleRows } from './sample';
import { twoViewRecall } from './two_view';
import { uniformity } from './uniformity';

/** An embedding to be evaluated, with whatever is known of its pictures. */
export interface Evaluated extends Rows {
  /** Class number a row, -1 for none. */
  labels?: Int32Array | null;
  /** Two frozen views of the same pictures, [views, dim] each: two-view R@1 and alignment. */
  viewA?: Float32Array;
  viewB?: Float32Array;
  /** What the views were drawn by. */
  recipe?: RecipeName;
  /** Rows known to show the same thing. */
  pairs?: readonly (readonly [number, number])[];
  /** Most queries a measure may ask; without it as many as take about a second times `patience`. */
  queries?: number;
  /** More than 1 for what is measured only once, so that it need not be sampled. */
  patience?: number;
  /** Draws the samples. */
  seed?: number;
  /** Who searches; without it the loop. */
  neighbourFinder?: NeighbourFinder;
}

async function* withLabels(
  rows: Rows,
  labels: Int32Array,
  { queries, patience, seed, neighbourFinder = byLoop }: Evaluated,
): AsyncGenerator<Measure> {
  const labelled = labelledRows(labels);
  if (!labelled) return;
  const bank = labelled.rows.length === rows.count ? rows : pickRows(rows, labelled.rows);
  const asked = sampleRows(labelled.queries, queries ?? affordableQueries(bank.count, bank.dim, patience), seed);
  const nearest = await neighbourFinder.ofRows(bank, asked, labelled.k);
  yield recallAt1(nearest, labelled);
  yield knnAccuracy(nearest, labelled);
}

/**
 * Every measure that what is given allows, one at a time: a caller with something else to do may do it between two of
 * them. Each takes about a second at most. No measure is given for fewer than two pictures.
 */
export async function* measures(evaluated: Evaluated): AsyncGenerator<Measure> {
  const { count, dim, values, labels, viewA, viewB, recipe, pairs, queries, seed = 0 } = evaluated;
  const rows: Rows = { values, count, dim };
  if (count < 2) return;
  if (viewA && viewB) {
    const views = viewA.length / dim;
    const [first, second] = [viewA, viewB].map((of) => ({ values: of, count: views, dim }));
    for (const measure of [twoViewRecall(first, second, queries, seed), alignment(first, second)])
      yield recipe ? { ...measure, recipe, protocol: `${measure.protocol} Views by the recipe "${recipe}".` } : measure;
  }
  if (labels) yield* withLabels(rows, labels, evaluated);
  if (pairs && pairs.length > 1) yield* partnerRecall(rows, pairs, queries, seed);
  yield uniformity(rows, queries, seed);
  yield rankMe(rows, queries, seed);
  yield featureStd(rows);
}

/** All of them; `pause` lets a caller do something else between two. */
export async function evaluateEmbedding(evaluated: Evaluated, pause?: () => Promise<void>): Promise<Measure[]> {
  const all: Measure[] = [];
  for await (const measure of measures(evaluated)) {
    all.push(measure);
    await pause?.();
  }
  return all;
}
