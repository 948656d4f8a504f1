import { Draws } from '../../core/random';
import { fillTile, products, TILE, tileProducts } from '../products';
import { type Rows, unitRows } from '../rows';
import type { Work } from '../work';

/** Rounds at most; it is over when fewer rows than this share have changed their cluster. */
const ROUNDS = 25;
const SETTLED = 0.001;

/** Starts, of which the best counts: as many as cost little. */
const STARTS = 8;
const COST = 100_000;

interface Clustering {
  clusters: number;
  /** The cluster of each row, and its cosine with that one's mean. */
  of: Int32Array;
  near: Float64Array;
}

/**
 * Rows in so many clusters by cosine: spherical k-means (Dhillon, Modha 2001), begun by greedy k-means++ (Arthur, Vassilvitskii
 * 2007). The same each time. Rows have length 1. Fewer clusters where rows are equal.
 * @returns rows of each cluster, those nearest to its mean first; the largest cluster first
 */
export function* kMeans(unit: Rows, clusters: number): Work<number[][]> {
  const { count } = unit;
  const starts = Math.max(1, Math.min(STARTS, Math.round(COST / (count * clusters))));
  const quality = ({ near }: Clustering): number => near.reduce((sum, one) => sum + one, 0);
  let best: Clustering | null = null;
  for (let start = 0; start < starts; start++) {
    const next: Clustering = yield* clustering(unit, Math.min(clusters, count), start, starts);
    if (!best || quality(next) > quality(best)) best = next;
  }
  const { of = [], near = [], clusters: made = 0 } = best ?? {};
  const found: number[][] = Array.from({ length: made }, () => []);
  for (let row = 0; row < count; row++) found[of[row]].push(row);
  for (const rows of found) rows.sort((a, b) => near[b] - near[a] || a - b);
  return found.filter((rows) => rows.length > 0).sort((a, b) => b.length - a.length);
}

function* clustering(unit: Rows, clusters: number, start: number, starts: number): Work<Clustering> {
  const { count, dim, values } = unit;
  const centres = yield* begun(unit, clusters, start, start / starts);
  const of = new Int32Array(count).fill(-1);
  const near = new Float64Array(count);
  for (let round = 0; round < ROUNDS; round++) {
    const changed = yield* assign(unit, centres, of, near, (start + round / ROUNDS) / starts);
    if (changed <= SETTLED * count) break;
    centres.values.fill(0);
    for (let row = 0; row < count; row++) {
      const at = of[row] * dim;
      for (let i = 0; i < dim; i++) centres.values[at + i] += values[row * dim + i];
    }
    unitRows(centres, true);
  }
  return { clusters: centres.count, of, near };
}

/**
 * Rows to begin with. Some are drawn in proportion to their distance from those taken before, and the one is taken that leaves
 * the least of it.
 */
function* begun(unit: Rows, clusters: number, seed: number, share: number): Work<Rows> {
  const { count, dim, values } = unit;
  const draws = new Draws({ seed, purpose: 'sample' });
  const tries = 2 + Math.floor(Math.log(clusters));
  const centres = { values: new Float32Array(clusters * dim), count: 0, dim };
  let apart = new Float64Array(count).fill(1);
  const scores = new Float64Array(count);
  while (centres.count < clusters) {
    const total = apart.reduce((sum, one) => sum + one, 0);
    if (total < 1e-9 * count) break; // what is left is equal to what is taken
    let [taken, least, remains] = [values.subarray(0, dim), Infinity, apart];
    for (let attempt = 0; attempt < tries; attempt++) {
      let left = draws.uniform(0, total);
      let row = 0;
      while (row < count - 1 && left >= apart[row]) left -= apart[row++];
      const centre = values.subarray(row * dim, (row + 1) * dim);
      products(unit, centre, scores);
      const rest = apart.map((before, i) => Math.min(before, Math.max(0, 1 - scores[i])));
      const sum = rest.reduce((all, one) => all + one, 0);
      if (sum < least) [taken, least, remains] = [centre, sum, rest];
      yield share;
    }
    centres.values.set(taken, dim * centres.count++);
    apart = remains;
  }
  return { ...centres, values: centres.values.subarray(0, centres.count * dim) };
}

/** Gives each row to the nearest mean. Returns how many have changed. */
function* assign(unit: Rows, centres: Rows, of: Int32Array, near: Float64Array, share: number): Work<number> {
  const { count, dim } = unit;
  const tile = new Float64Array(dim * TILE);
  const scores = new Float64Array(TILE * count);
  const numbers = Array.from({ length: centres.count }, (_, centre) => centre);
  const best = new Int32Array(count);
  near.fill(-Infinity);
  for (let from = 0; from < numbers.length; from += TILE) {
    fillTile(tile, centres, numbers, from);
    tileProducts(unit, tile, scores);
    for (let t = 0; t < TILE && from + t < numbers.length; t++)
      for (let row = 0; row < count; row++) {
        const score = scores[t * count + row];
        if (score > near[row]) [near[row], best[row]] = [score, from + t];
      }
    yield share;
  }
  let changed = 0;
  for (let row = 0; row < count; row++) if (of[row] !== best[row]) changed++;
  of.set(best);
  return changed;
}
