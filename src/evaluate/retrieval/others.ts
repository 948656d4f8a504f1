import { type NearestTable, Places } from '../nearest';
import { fillTile, TILE, tileProducts } from '../products';
import { type Rows, unitRows } from '../rows';
import type { Work } from '../work';

/** Neighbours up to which a list that is kept in order is quicker than putting all rows in order. */
const FEW = 64;

/** Rows in falling order of their scores, of equals the lower first, those that are no numbers left out. */
const inOrder = (rows: Int32Array, scores: Float64Array): Int32Array =>
  rows.filter((row) => !Number.isNaN(scores[row])).sort((a, b) => scores[b] - scores[a] || a - b);

/**
 * The table of `CosineIndex.nearestOfRows`, for any k at the cost of a sort: where k is as large as a class, a list kept
 * in order costs the square of it. With
 * `units` [count] those of a query's own are no neighbours of it. Scales `rows` to length 1 in place. Yields after every
 * few queries.
 */
export function* nearestOthers(
  rows: Rows,
  queries: Int32Array,
  k: number,
  units: Int32Array | null = null,
): Work<NearestTable> {
  const unit = unitRows(rows, true);
  const { count, dim } = unit;
  const places = new Places(queries.length, k);
  const [tile, products] = [new Float64Array(dim * TILE), new Float64Array(count * TILE)];
  const others = new Int32Array(count);
  const isOwn = (row: number, query: number): boolean => (units ? units[row] === units[query] : row === query);
  for (let from = 0; from < queries.length; from += TILE) {
    fillTile(tile, unit, queries, from);
    tileProducts(unit, tile, products);
    for (let query = from; query < Math.min(from + TILE, queries.length); query++) {
      const scores = products.subarray((query - from) * count, (query - from + 1) * count);
      let found = 0;
      for (let row = 0; row < count; row++) if (!isOwn(row, queries[query])) others[found++] = row;
      const left = others.subarray(0, found);
      if (k <= FEW) {
        for (const row of left) places.offer(query, row, scores[row]);
        continue;
      }
      const nearest = inOrder(left, scores).subarray(0, k);
      places.rows.set(nearest, query * k);
      for (const [place, row] of nearest.entries()) places.values[query * k + place] = scores[row];
    }
    yield Math.min(from + TILE, queries.length) / queries.length;
  }
  return { k, queries, rows: places.rows, similarities: places.values };
}
