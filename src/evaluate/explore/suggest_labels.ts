import { Draws } from '../../core/random';
import { TEMPERATURE } from '../knn';
import { CosineIndex } from '../nearest';
import { product } from '../products';
import { pickRows, type Rows } from '../rows';

/** Labelled rows that vote for a row. */
const VOTERS = 10;
/** Pairs of rows that are drawn to see how alike any two are, and the share of these that are less alike than the vote for none. */
const PAIRS = 2000;
const UNLIKE = 0.95;

/** Classes of rows that have none, the most certain first: row i is probably of class classes[i]. */
export interface Suggestions {
  rows: Int32Array;
  classes: Int32Array;
  /** The class's share of the votes. */
  confidences: Float32Array;
}

/** Cosines of pairs drawn from these rows, rising; `counts` says which. */
function cosinesOf(unit: Rows, rows: readonly number[], counts: (one: number, other: number) => boolean): number[] {
  const draws = new Draws({ seed: 0, purpose: 'sample' });
  const row = () => rows[draws.integer(rows.length)];
  const pairs = Array.from({ length: PAIRS }, () => [row(), row()] as const).filter(([a, b]) => counts(a, b));
  return pairs.map(([a, b]) => product(unit, a, b)).sort((a, b) => a - b);
}

/** How near a row of another kind comes: as one pair in twenty is by chance, and no nearer than examples of two classes are. */
function nearOfNone(unit: Rows, shown: readonly number[], known: readonly number[], classes: Int32Array): number {
  if (known.length === 0) return -1;
  const any = cosinesOf(unit, shown, (a, b) => a !== b);
  const apart = cosinesOf(unit, known, (a, b) => classes[a] !== classes[b]);
  return Math.min(any[Math.floor(UNLIKE * any.length)] ?? 1, apart.at(-1) ?? 1);
}

/**
 * Suggests classes for the rows that have none: the ten nearest rows that have one vote with weight exp(cosine / T), as
 * `knnScores` takes the vote, and one more vote is for none of the classes (`nearOfNone`). With T = 0.1 and refined embeddings the share of the votes is at most the share that is right, where every class has examples
 * (docs/labels.md).
 * @param unit rows of length 1
 * @param classes [count], -1 for none
 * @param hidden rows that are not asked and, having no class, do not vote
 */
export function suggestLabels(unit: Rows, classes: Int32Array, hidden: ReadonlySet<number> = new Set()): Suggestions {
  const all = [...classes.keys()];
  const known = all.filter((row) => classes[row] >= 0);
  const asked = Int32Array.from(all.filter((row) => classes[row] < 0 && !hidden.has(row)));
  const { values, count, dim } = pickRows(unit, known);
  const voters = Math.min(VOTERS, count);
  const shown = all.filter((row) => !hidden.has(row));
  const none = Math.exp(nearOfNone(unit, shown, known, classes) / TEMPERATURE);
  const { rows, similarities } = new CosineIndex(values, count, dim, { inPlace: true }).nearestOfVectors(
    unit,
    asked,
    voters,
  );
  const found = [...asked].map((row, i) => {
    const votes = new Map<number, number>();
    for (let at = i * voters; at < (i + 1) * voters; at++) {
      const label = classes[known[rows[at]]];
      votes.set(label, (votes.get(label) ?? 0) + Math.exp(similarities[at] / TEMPERATURE));
    }
    const [label, most] = [...votes].reduce((best, next) => (next[1] > best[1] ? next : best), [-1, 0]);
    return { row, label, confidence: most / [...votes.values()].reduce((sum, one) => sum + one, none) };
  });
  found.sort((a, b) => b.confidence - a.confidence || a.row - b.row);
  return {
    rows: Int32Array.from(found, ({ row }) => row),
    classes: Int32Array.from(found, ({ label }) => label),
    confidences: Float32Array.from(found, ({ confidence }) => confidence),
  };
}
