import { farthestPoints } from './explore/farthest_points';
import { pickRows, type Rows, unitRows } from './rows';
import { allRows, sampleRows } from './sample';

/** Farthest points of a whole set are its oddest pictures; of a few drawn at random they are merely unlike. */
const CANDIDATES = 64;

/**
 * Rows of `number` pictures unlike each other, the same ones each time: among 64 drawn from the seed, the first, then
 * always the one whose nearest chosen one is farthest by cosine (Gonzalez 1985). In rising order.
 */
export function spreadProbes(rows: Rows, number = 6, seed = 0): number[] {
  const candidates = sampleRows(allRows(rows.count), CANDIDATES, seed);
  const few = unitRows(pickRows(rows, candidates), true);
  const chosen = farthestPoints(few, number, 0);
  return chosen.map((place) => candidates[place]).sort((a, b) => a - b);
}
