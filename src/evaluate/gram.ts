import { fillTile, TILE, tileProducts } from './products';
import type { Rows } from './rows';
import { allRows } from './sample';

/** Columns as rows: [count, dim] -> [dim, count]. */
export function transposed({ values, count, dim }: Rows): Rows {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < count; row++)
    for (let column = 0; column < dim; column++) turned[column * count + row] = values[row * dim + column];
  return { values: turned, count: dim, dim: count };
}

/** Products of all rows with each other, [count, count]: of X the matrix XX', of X transposed X'X. */
export function gram(rows: Rows): Float64Array {
  const { count, dim } = rows;
  const numbers = allRows(count);
  const tile = new Float64Array(dim * TILE);
  const out = new Float64Array(count * TILE);
  const matrix = new Float64Array(count * count);
  for (let from = 0; from < count; from += TILE) {
    const before = { ...rows, count: Math.min(from + TILE, count) }; // the lower half, and its mirror image
    fillTile(tile, rows, numbers, from);
    tileProducts(before, tile, out);
    for (let row = from; row < before.count; row++)
      for (let other = 0; other <= row; other++) {
        const product = out[(row - from) * before.count + other];
        matrix[row * count + other] = product;
        matrix[other * count + row] = product;
      }
  }
  return matrix;
}
