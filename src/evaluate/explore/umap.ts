import type { Work } from '../work';
import type { Neighbours } from './visible';

/** The curve 1 / (1 + a d^2b) of similarity in the plane for a least distance of 0.1 and a spread of 1 (umap-learn's fit). */
const A = 1.5769;
const B = 0.8951;
/** Rows that each attraction is weighed against. */
const NEGATIVES = 5;
/** Longest step along an axis. */
const CLIP = 4;

interface Edges {
  heads: Int32Array;
  tails: Int32Array;
  /** How strongly they hold together, 0 to 1. */
  weights: Float32Array;
}

/**
 * Coordinates [count, 2] in which rows lie near those they are similar to: UMAP (McInnes et al. 2018, arXiv:1802.03426) of
 * their neighbours, by cosine distance, from given coordinates.
 * @param start [count, 2], about 10 wide; changed in place
 */
export function* umap(table: Neighbours, start: Float32Array): Work<Float32Array> {
  const count = start.length / 2;
  const { heads, tails, weights } = edgesOf(table, count);
  const epochs = count < 10_000 ? 400 : 200;
  const strongest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  // Each edge is drawn in proportion to its weight: the strongest in every epoch.
  const every = weights.map((weight) => strongest / weight);
  const next = every.slice();
  const random = randomRows(count);
  const clipped = (value: number): number => Math.min(CLIP, Math.max(-CLIP, value));
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 1 - epoch / epochs;
    for (let edge = 0; edge < heads.length; edge++) {
      if (next[edge] > epoch + 1) continue;
      next[edge] += every[edge];
      const [i, j] = [2 * heads[edge], 2 * tails[edge]];
      const [dx, dy] = [start[i] - start[j], start[i + 1] - start[j + 1]];
      const square = dx * dx + dy * dy;
      if (square > 0) {
        const power = square ** B;
        const pull = (-2 * A * B * power) / square / (1 + A * power);
        const [x, y] = [rate * clipped(pull * dx), rate * clipped(pull * dy)];
        start[i] += x;
        start[i + 1] += y;
        start[j] -= x;
        start[j + 1] -= y;
      }
      for (let n = 0; n < NEGATIVES; n++) {
        const other = 2 * random();
        if (other === i) continue;
        const [ox, oy] = [start[i] - start[other], start[i + 1] - start[other + 1]];
        const far = ox * ox + oy * oy;
        const push = (2 * B) / (0.001 + far) / (1 + A * far ** B);
        start[i] += rate * clipped(push * ox);
        start[i + 1] += rate * clipped(push * oy);
      }
    }
    yield (epoch + 1) / epochs;
  }
  return start;
}

/** Every pair of neighbours once, held together if either of them says so: w + v - w v. */
function edgesOf(table: Neighbours, count: number): Edges {
  const { k, rows } = table;
  const own = memberships(table, count);
  const found: [number[], number[], number[]] = [[], [], []];
  for (let row = 0; row < count; row++)
    for (let at = row * k; at < (row + 1) * k; at++) {
      const other = rows[at];
      if (other < 0) continue;
      const back = rows.subarray(other * k, (other + 1) * k).indexOf(row);
      if (back >= 0 && other < row) continue; // said when the other came
      const [w, v] = [own[at], back < 0 ? 0 : own[other * k + back]];
      const weight = w + v - w * v;
      if (weight > 0.002) [row, other, weight].forEach((value, i) => void found[i].push(value));
    }
  return { heads: Int32Array.from(found[0]), tails: Int32Array.from(found[1]), weights: Float32Array.from(found[2]) };
}

/** How surely each neighbour is one, [count, k]: exp(-(distance - nearest) / sigma), which sums to log2 k. */
function memberships({ k, rows, similarities }: Neighbours, count: number): Float32Array {
  const out = new Float32Array(count * k);
  const target = Math.log2(Math.max(2, k));
  for (let row = 0; row < count; row++) {
    const from = row * k;
    const nearest = 1 - similarities[from];
    const weightAt = (at: number, sigma: number): number =>
      rows[at] < 0 ? 0 : Math.exp(-Math.max(0, 1 - similarities[at] - nearest) / sigma);
    let [low, high] = [1e-6, 4];
    for (let step = 0; step < 40; step++) {
      const sigma = (low + high) / 2;
      let sum = 0;
      for (let at = from; at < from + k; at++) sum += weightAt(at, sigma);
      if (sum > target) high = sigma;
      else low = sigma;
    }
    for (let at = from; at < from + k; at++) out[at] = weightAt(at, (low + high) / 2);
  }
  return out;
}

/** Rows in no order, the same each time (xorshift, Marsaglia 2003): tens of millions are drawn. */
function randomRows(count: number): () => number {
  let state = 2463534242;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % count;
  };
}
