import type { Difference, Scores } from '../../core/scores';
import { beyondChance } from '../../core/significance';
import { middle, type Resampling, resampledWeights, unitsOf } from './bootstrap';
import { scored } from './scores';

/** Where each row of `common` stands among a measure's queries. */
function placesOf(scores: Scores, common: Int32Array): Int32Array {
  const places = new Map(Array.from(scores.rows, (row, place) => [row, place]));
  return common.map((row) => places.get(row) as number);
}

/**
 * Difference of one measure between two embeddings on the same queries. Both are taken on the same resamples, so that what
 * makes a query hard for either cancels, which independent intervals would count twice.
 */
export function difference(first: Scores, second: Scores, resampling: Resampling = {}): Difference {
  const asked = new Set(second.rows);
  const common = first.rows.filter((row) => asked.has(row));
  const sides = [first, second].map((scores) => {
    const places = placesOf(scores, common);
    const expanded = new Float64Array(scores.rows.length); // queries that only one was asked count nothing
    return (weights: Float64Array): number => {
      for (let i = 0; i < places.length; i++) expanded[places[i]] = weights[i];
      return scored(scores, expanded);
    };
  });
  const between = (weights: Float64Array): number => sides[0](weights) - sides[1](weights);
  const values: number[] = [];
  for (const weights of resampledWeights(common, resampling)) values.push(between(weights));
  return {
    value: between(new Float64Array(common.length).fill(1)),
    interval: middle(values),
    queries: common.length,
    units: unitsOf(common, resampling.units).count,
  };
}

/** Whether a measure of two embeddings differs beyond chance: the paired 95 % interval does not hold 0. */
export const distinguishable = (first: Scores, second: Scores, resampling: Resampling = {}): boolean =>
  beyondChance(difference(first, second, resampling));
