import { piece, type Work } from '../work';

/** Losses of what was learned without folds f and g, summed over the pictures of f and of g, one a target. */
export interface PairLoss {
  onFirst: Float64Array;
  onSecond: Float64Array;
}

/**
 * Chooses the L2 penalty of each outer fold by cross-validation inside its training part; the inner folds are the other
 * outer ones. What is learned without folds f and g serves twice: tested on g it speaks for f, tested on f for g. So k
 * folds need k (k - 1) / 2 fits a penalty instead of k (k - 1), and no pair ever sees the fold it is chosen for.
 *
 * `penalties` fall. The search ends when a weaker penalty is worse for every fold and target. Returns [k, targets] places
 * in `penalties`. With two folds nothing is left to learn from, and the middle one is taken.
 */
export function* choosePenalties(
  k: number,
  targets: number,
  penalties: readonly number[],
  lossOf: (penalty: number, first: number, second: number) => Work<PairLoss>,
): Work<Int32Array> {
  const chosen = new Int32Array(k * targets).fill(k < 3 ? penalties.length >> 1 : 0);
  if (k < 3) return chosen;
  const least = new Float64Array(k * targets).fill(Infinity);
  const pairs = (k * (k - 1)) / 2;
  for (const [place, penalty] of penalties.entries()) {
    const total = new Float64Array(k * targets);
    let done = 0;
    for (let first = 0; first < k; first++)
      for (let second = first + 1; second < k; second++) {
        const share = (place + done / pairs) / penalties.length;
        const { onFirst, onSecond } = yield* piece(lossOf(penalty, first, second), share);
        for (let t = 0; t < targets; t++) {
          total[first * targets + t] += onSecond[t];
          total[second * targets + t] += onFirst[t];
        }
        yield (place + ++done / pairs) / penalties.length;
      }
    let better = false;
    for (const [i, loss] of total.entries())
      if (loss < least[i]) {
        least[i] = loss;
        chosen[i] = place;
        better = true;
      }
    if (!better) break;
  }
  return chosen;
}
