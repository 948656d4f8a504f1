import { describe, expect, it } from 'vitest';
import { gram, transposed } from '../gram';
import { minimise } from '../linear/lbfgs';
import { scaleOf, standardised } from '../linear/standardise';
import type { Folds } from '../split/folds';
import { finish } from '../work';
import { logisticPredictions } from './logistic';
import { ridgePredictions } from './ridge';
import { logProbabilities, SoftmaxLoss } from './softmax';

// The same small set here and in numpy, and what plain nested cross-validation says of it there (each inner fit made
// anew, by solve() for the ridge and by Newton's method for the logistic regression):
//
//   i, j = np.mgrid[:60, :6]; y = np.arange(60) % 3; fold = np.arange(60) // 3 % 4
//   x = ((i * 7919 + j * 104729 + i * j * 31) % 1009 / 1009 - .5 + .5 * (j % 3 == y[:, None])).astype(np.float32)
//   t = 2 * x[:, 0] - x[:, 1] + np.arange(60) * 37 % 11 / 11
//   fit(training, p): z = (x - x[training].mean(0)) / x[training].std(0); w = solve(z'z / n + p I, z'(t - mean) / n)
const [count, dim] = [60, 6];
const labels = Int32Array.from({ length: count }, (_, i) => i % 3);
const values = Float32Array.from({ length: count * dim }, (_, at) => {
  const [i, j] = [Math.floor(at / dim), at % dim];
  return ((i * 7919 + j * 104729 + i * j * 31) % 1009) / 1009 - 0.5 + (j % 3 === labels[i] ? 0.5 : 0);
});
const targets = Float64Array.from(
  { length: count },
  (_, i) => 2 * values[i * dim] - values[i * dim + 1] + ((i * 37) % 11) / 11,
);
const rows = { values, count, dim };
const folds: Folds = { k: 4, of: Int32Array.from({ length: count }, (_, i) => Math.floor(i / 3) % 4), words: '' };

describe('the ridge probe', () => {
  it('is nested cross-validation, as numpy does it the long way', () => {
    const { predicted, penalties } = finish(ridgePredictions(rows, { values: targets, columns: 1 }, folds));
    expect([...penalties]).toEqual([1e-4, 0.1, 0.1, 1e-4]);
    const expected = [0.2540136252, 0.4559515537, 0.7687744773, 1.361186002, -0.1869480501, 0.1361325469];
    for (const [i, value] of expected.entries()) expect(predicted[i]).toBeCloseTo(value, 5);
  });

  it('predicts a fold without knowing its targets', () => {
    const changed = targets.map((value, i) => (folds.of[i] === 2 ? -50 * value : value));
    const [first, second] = [targets, changed].map((of) =>
      finish(ridgePredictions(rows, { values: of, columns: 1 }, folds)),
    );
    const inFold = (of: Float64Array, fold: number) => [...of].filter((_, i) => folds.of[i] === fold);
    expect(inFold(second.predicted, 2)).toEqual(inFold(first.predicted, 2));
    expect(inFold(second.predicted, 1)).not.toEqual(inFold(first.predicted, 1));
  });

  it('treats each of several targets as if it were alone', () => {
    const other = targets.map((value, i) => Math.sin(3 * value + i));
    const both = Float64Array.from({ length: 2 * count }, (_, i) => (i % 2 ? other : targets)[i >> 1]);
    const together = finish(ridgePredictions(rows, { values: both, columns: 2 }, folds)).predicted;
    for (const [column, alone] of [targets, other].entries()) {
      const { predicted } = finish(ridgePredictions(rows, { values: alone, columns: 1 }, folds));
      for (let i = 0; i < count; i++) expect(together[2 * i + column]).toBeCloseTo(predicted[i], 10);
    }
  });

  it('finds a linear law, whatever the units of its features, and a constant one means nothing to it', () => {
    const scaled = values.map((value, at) => [1, 1000, 1e-3, 5, 1, 0][at % dim] * value + 7);
    const law = Float64Array.from({ length: count }, (_, i) => 3 * values[i * dim] + values[i * dim + 1] - 2);
    const found = finish(ridgePredictions({ values: scaled, count, dim }, { values: law, columns: 1 }, folds));
    for (let i = 0; i < count; i++) expect(Math.abs(found.predicted[i] - law[i])).toBeLessThan(0.01);
  });
});

describe('the logistic probe', () => {
  it('is nested cross-validation, as numpy does it the long way', () => {
    const { predicted, penalties } = finish(logisticPredictions(rows, labels, 3, folds));
    expect([...penalties]).toEqual([0.01, 0.01, 1e-3, 0.01]);
    expect(predicted.join('')).toBe('212012012012012011012012012012022012012012012012011012012012');
  });

  it('pauses within every fit, where a cancel takes effect, and tells rising shares of its three parts', () => {
    const shares = [...logisticPredictions(rows, labels, 3, folds)];
    const fits = 7 * 10 + 5; // all penalties, pairs of folds, and the folds themselves
    expect(shares.length).toBeGreaterThan(2 * fits);
    expect(shares.filter((share, i) => i > 0 && share < shares[i - 1]).length).toBeLessThanOrEqual(2);
  });

  it('predicts a fold without knowing its labels', () => {
    const changed = labels.map((label, i) => (folds.of[i] === 2 ? (label + i) % 3 : label));
    const [first, second] = [labels, changed].map((of) => finish(logisticPredictions(rows, of, 3, folds)).predicted);
    expect([...second].filter((_, i) => folds.of[i] === 2)).toEqual([...first].filter((_, i) => folds.of[i] === 2));
  });
});

describe('logistic regression', () => {
  const z = standardised(rows, scaleOf(rows));
  const correlation = gram(transposed(z)).map((value) => value / count);
  const loss = new SoftmaxLoss(z, labels, 3, 0.01, correlation);

  it('ends at the minimum that Newton finds', () => {
    const weights = finish(minimise(loss, new Float64Array(7 * 3), 1e-14));
    const found = logProbabilities(z, weights, 3);
    const expected = [-0.4394571718, -4.0812575964, -1.0825588378, -2.7268582762, -0.208580103, -2.0968768368];
    for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5);
    expect(Math.max(...Array.from(loss.precondition(gradientAt(weights)), Math.abs))).toBeLessThan(1e-5);
  });

  const gradientAt = (weights: Float64Array): Float64Array => {
    const gradient = new Float64Array(weights.length);
    loss.at(weights, gradient);
    return gradient;
  };

  it('has the gradient of its loss, by central differences, and costs log C without weights', () => {
    const weights = Float64Array.from({ length: 21 }, (_, i) => Math.sin(5 * i));
    const gradient = gradientAt(weights);
    for (let i = 0; i < weights.length; i++) {
      const [up, down] = [1e-5, -1e-5].map((by) => loss.at(weights.with(i, weights[i] + by), new Float64Array(21)));
      expect((up - down) / 2e-5).toBeCloseTo(gradient[i], 7);
    }
    expect(loss.at(new Float64Array(21), new Float64Array(21))).toBeCloseTo(Math.log(3), 12);
  });
});
