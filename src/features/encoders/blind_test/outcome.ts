import { wholePercent } from '../../../core/amounts';
import type { BlindTest, Side } from '../../../core/blind_test';
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

export interface BlindOutcome {
  /** Answers that preferred the first encoder, and the second. */
  wins: readonly [number, number];
  /** Answers that both are as good: they say nothing for either. */
  ties: number;
  /** The one preferred more often. */
  leader: Side | null;
  /** Of the share of the leader, else of the first, among the answers that preferred one; null where none did. */
  interval: Interval | null;
  /** The leader is better: its share is above a half, whatever the chance. */
  clear: boolean;
}

export function blindOutcome({ answers }: Pick<BlindTest, 'answers'>): BlindOutcome {
  const preferring = (side: Side | null): number => answers.filter(({ preferred }) => preferred === side).length;
  const [first, second] = [preferring(0), preferring(1)];
  const decided = first + second;
  const leader = first === second ? null : first > second ? 0 : 1;
  const most = Math.max(first, second);
  return {
    wins: [first, second],
    ties: preferring(null),
    leader,
    interval: decided === 0 ? null : shareInterval(most, decided),
    clear: leader !== null && most >= (clearWins(decided) ?? Number.POSITIVE_INFINITY),
  };
}

/** '40 % to 97 %' */
export const shareRange = ({ low, high }: Interval): string => `${wholePercent(low)} to ${wholePercent(high)}`;

/** The outcome in a sentence. `names`: of the encoders, in the order of the test. */
export function outcomeWords(outcome: BlindOutcome, names: readonly [string, string]): string {
  const { wins, leader, interval, clear } = outcome;
  const decided = wins[0] + wins[1];
  if (!interval && outcome.ties === 0) return 'Both find the same for every query: there is nothing to tell apart.';
  if (!interval) return 'Both were as good every time: nothing tells them apart.';
  const share = `${leader === null ? wins[0] : wins[leader]} of ${decided} (${shareRange(interval)})`;
  if (leader === null)
    return `You preferred ${names[0]} in ${share} and ${names[1]} in as many: nothing tells them apart.`;
  return clear
    ? `${names[leader]} is better: you preferred it in ${share}.`
    : `You preferred ${names[leader]} in ${share}: that cannot be told from chance.`;
}

/** What it takes to be clear, and what was left out. */
export function outcomeNotes({ wins, ties, clear }: BlindOutcome, { same, answers }: BlindTest): string[] {
  const decided = wins[0] + wins[1];
  const needed = clearWins(decided);
  const notes: string[] = [];
  if (!clear && needed !== null) notes.push(`${needed} of ${decided} would have been clear.`);
  if (!clear && needed === null) notes.push('Fewer than six answers for either one are never clear.');
  if (ties > 0) notes.push(`${ties} of ${answers.length} answers found both as good and count for neither.`);
  if (same.length === 1) notes.push('One query was not asked, because both found the same.');
  if (same.length > 1) notes.push(`${same.length} queries were not asked, because both found the same.`);
  if (answers.length > 20)
    notes.push(
      'The interval is for a number of answers chosen beforehand: who goes on until it is clear finds a winner by chance more often.',
    );
  return notes;
}
