import type { SimilarPairs } from '../../core/similar_groups';
import type { Neighbours } from './visible';

/** Cosine below which nobody would call two pictures duplicates. */
const LEAST = 0.3;

/** Pairs of neighbours that may be duplicates, each once, the most similar first. */
export function similarPairs({ k, rows, similarities }: Neighbours): SimilarPairs {
  const found: number[] = [];
  for (const [at, other] of rows.entries()) {
    const row = Math.floor(at / k);
    const said = other < row && rows.subarray(other * k, (other + 1) * k).includes(row);
    if (other >= 0 && similarities[at] >= LEAST && !said) found.push(at);
  }
  const order = Int32Array.from(found).sort((a, b) => similarities[b] - similarities[a] || a - b);
  return {
    first: order.map((at) => Math.floor(at / k)),
    second: order.map((at) => rows[at]),
    similarities: Float32Array.from(order, (at) => similarities[at]),
  };
}
