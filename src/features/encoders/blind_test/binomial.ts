import type { Interval } from '../../../core/records';

/** P(X >= wins) for X ~ Binomial(of, share). */
export function upperTail(wins: number, of: number, share: number): number {
  if (wins <= 0) return 1;
  if (share <= 0) return 0;
  if (share >= 1) return 1;
  let logarithm = 0; // of the number of ways to choose i of them
  let sum = 0;
  for (let i = 0; i <= of; i++) {
    if (i > 0) logarithm += Math.log((of - i + 1) / i);
    if (i >= wins) sum += Math.exp(logarithm + i * Math.log(share) + (of - i) * Math.log1p(-share));
  }
  return Math.min(1, sum);
}

/** The share at which P(X >= wins) is `level`: it rises with the share. */
function shareAt(wins: number, of: number, level: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 52; i++) {
    const middle = (low + high) / 2;
    if (upperTail(wins, of, middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * 95 % interval of a share, `wins` of `of`, without approximation (Clopper & Pearson 1934): it leaves out one half
 * exactly where the two-sided sign test rejects chance at 5 %. That holds for a number of answers chosen beforehand: of
 * those who go on by ten until it is clear, up to fifty, chance gives 10 in 100 a winner.
 */
export function shareInterval(wins: number, of: number): Interval {
  const tail = 0.025;
  return {
    low: wins === 0 ? 0 : shareAt(wins, of, tail),
    high: wins === of ? 1 : shareAt(wins + 1, of, 1 - tail),
  };
}

/** The fewest wins of so many that cannot be chance, or null where not even all of them are enough. */
export function clearWins(of: number): number | null {
  for (let wins = Math.ceil(of / 2); wins <= of; wins++) if (upperTail(wins, of, 0.5) <= 0.025) return wins;
  return null;
}
