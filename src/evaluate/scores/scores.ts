import type { ClassMeanScores, ExplainedScores, Scores } from '../../core/scores';

/** The measure where query i counts weights[i] times; NaN where nothing counts. */
export function scored(scores: Scores, weights: Float64Array): number {
  switch (scores.kind) {
    case 'mean':
      return weightedMean(scores.values, weights);
    case 'class mean':
      return classMean(scores, weights);
    case 'explained':
      return explained(scores, weights);
  }
}

/** The measure as it stands: every query counts once. */
export const scoreOf = (scores: Scores): number => scored(scores, new Float64Array(scores.rows.length).fill(1));

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += weights[i] * values[i];
    total += weights[i];
  }
  return sum / total;
}

function classMean({ values, classes }: ClassMeanScores, weights: Float64Array): number {
  const count = classes.reduce((most, number) => Math.max(most, number), -1) + 1;
  const [sums, totals] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < values.length; i++) {
    sums[classes[i]] += weights[i] * values[i];
    totals[classes[i]] += weights[i];
  }
  let [sum, present] = [0, 0];
  for (let c = 0; c < count; c++)
    if (totals[c] > 0) {
      sum += sums[c] / totals[c];
      present++;
    }
  return sum / present;
}

function explained({ targets, predicted }: ExplainedScores, weights: Float64Array): number {
  const mean = weightedMean(targets, weights);
  let [errors, variance] = [0, 0];
  for (let i = 0; i < targets.length; i++) {
    errors += weights[i] * (targets[i] - predicted[i]) ** 2;
    variance += weights[i] * (targets[i] - mean) ** 2;
  }
  return variance > 0 ? 1 - errors / variance : Number.NaN;
}
