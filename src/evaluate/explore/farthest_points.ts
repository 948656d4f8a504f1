import { products } from '../products';
import { meanDirection } from '../query_vector';
import type { Rows } from '../rows';
import { allRows } from '../sample';

/**
 * A diverse sample: begins with a row, the one nearest to the mean unless told, then takes the row farthest from all taken
 * so far (Gonzalez 1985, within twice the best possible covering radius). Of rows of length 1; at most `most`, in that order.
 */
export function farthestPoints(unit: Rows, most: number, first = nearestToMean(unit)): number[] {
  const { count, dim } = unit;
  const scores = new Float64Array(count);
  /** Cosine with the nearest row that is taken. */
  const closest = new Float64Array(count).fill(-Infinity);
  const taken: number[] = [];
  let next = first;
  while (taken.length < Math.min(most, count)) {
    taken.push(next);
    products(unit, unit.values.subarray(next * dim, (next + 1) * dim), scores);
    for (let row = 0; row < count; row++) closest[row] = Math.max(closest[row], scores[row]);
    closest[next] = Infinity;
    next = closest.reduce((best, score, row) => (score < closest[best] ? row : best), next);
  }
  return taken;
}

function nearestToMean(unit: Rows): number {
  const scores = new Float64Array(unit.count);
  products(unit, meanDirection(unit, allRows(unit.count)), scores);
  return scores.reduce((best, score, row) => (score > scores[best] ? row : best), 0);
}
