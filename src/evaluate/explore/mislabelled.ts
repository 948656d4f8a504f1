import type { Neighbours } from './visible';

/** A row whose neighbours agree on another class. */
export interface Mislabelled {
  row: number;
  /** The class that they have. */
  label: number;
  /** Their share of the votes, each weighed by its similarity. */
  share: number;
}

/** Labelled neighbours below which nothing is said. */
const LEAST = 3;
/** Votes that the other class has at least, and the row's own at most. */
const OTHER = 0.6;
const OWN = 0.2;

/**
 * Rows that are probably labelled wrongly: the vote of their nearest neighbours is for another class (Wilson 1972, edited
 * nearest neighbours), the most certain first.
 * @param classes [count], -1 for none
 */
export function mislabelled({ k, rows, similarities }: Neighbours, classes: ArrayLike<number>): Mislabelled[] {
  const found: Mislabelled[] = [];
  for (let row = 0; row < classes.length; row++) {
    if (classes[row] < 0) continue;
    const votes = new Map<number, number>();
    let [total, voters] = [0, 0];
    for (let at = row * k; at < (row + 1) * k; at++) {
      const label = rows[at] < 0 ? -1 : classes[rows[at]];
      const weight = Math.max(0, similarities[at]);
      if (label < 0 || weight === 0) continue;
      votes.set(label, (votes.get(label) ?? 0) + weight);
      total += weight;
      voters++;
    }
    if (voters < LEAST || (votes.get(classes[row]) ?? 0) > OWN * total) continue;
    const [label, most] = [...votes].reduce((best, next) => (next[1] > best[1] ? next : best));
    if (label !== classes[row] && most >= OTHER * total) found.push({ row, label, share: most / total });
  }
  return found.sort((a, b) => b.share - a.share || a.row - b.row);
}
