import { TEMPERATURE } from '../knn';
import { CosineIndex } from '../nearest';
import { pickRows, type Rows } from '../rows';

/** Labelled rows that vote for a row. */
const VOTERS = 10;

/** Classes of rows that have none, the most certain first: row i is probably of class classes[i]. */
export interface Suggestions {
  rows: Int32Array;
  classes: Int32Array;
  /** The class's share of the votes. */
  confidences: Float32Array;
}

/**
 * Suggests classes for the rows that have none: the ten nearest rows that have one vote with weight exp(cosine / T), as
 * `knnScores` takes the vote. With T = 0.1 and refined embeddings the share of the votes is about the share that is right
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
    return { row, label, confidence: most / [...votes.values()].reduce((sum, one) => sum + one, 0) };
  });
  found.sort((a, b) => b.confidence - a.confidence || a.row - b.row);
  return {
    rows: Int32Array.from(found, ({ row }) => row),
    classes: Int32Array.from(found, ({ label }) => label),
    confidences: Float32Array.from(found, ({ confidence }) => confidence),
  };
}
