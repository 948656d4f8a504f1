import type { Rows } from './rows';

/** Queries that one pass over the rows serves. */
export const TILE = 4;

/** Dot products of one vector [dim] with every row, into out [count]. */
export function products({ values, count, dim }: Rows, vector: Float32Array, out: Float64Array): void {
  const whole = dim - (dim % 4);
  for (let row = 0, at = 0; row < count; row++, at += dim) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0, j = at; i < whole; i += 4, j += 4) {
      a += values[j] * vector[i];
      b += values[j + 1] * vector[i + 1];
      c += values[j + 2] * vector[i + 2];
      d += values[j + 3] * vector[i + 3];
    }
    for (let i = whole; i < dim; i++) a += values[at + i] * vector[i];
    out[row] = a + b + (c + d);
  }
}

/** Dot product of two rows, added up as `tileProducts` adds: the same to the last bit. */
export function product({ values, dim }: Rows, a: number, b: number): number {
  let sum = 0;
  for (let i = 0, p = a * dim, q = b * dim; i < dim; i++, p++, q++) sum += values[p] * values[q];
  return sum;
}

/** Four vectors side by side for `tileProducts`: tile [dim, TILE]. */
export function fillTile(tile: Float64Array, queries: Rows, numbers: ArrayLike<number>, from: number): void {
  const { values, dim } = queries;
  tile.fill(0);
  for (let t = 0; t < TILE && from + t < numbers.length; t++)
    for (let i = 0, at = numbers[from + t] * dim; i < dim; i++) tile[i * TILE + t] = values[at + i];
}

/**
 * Dot products of four vectors with every row, into out [TILE, count]. Two rows at a time against four vectors need
 * six reads for eight products, which is twice the rate of one row against one vector (measured, V8). In double
 * precision: the eigenvalues of a Gram matrix are read from these.
 */
export function tileProducts({ values, count, dim }: Rows, tile: Float64Array, out: Float64Array): void {
  const [second, third, fourth] = [count, 2 * count, 3 * count];
  for (let row = 0; row < count; row += 2) {
    const at = row * dim;
    const next = row + 1 < count ? at + dim : at; // an odd last row is its own partner
    let a0 = 0;
    let b0 = 0;
    let c0 = 0;
    let d0 = 0;
    let a1 = 0;
    let b1 = 0;
    let c1 = 0;
    let d1 = 0;
    for (let i = 0, j = 0; i < dim; i++, j += TILE) {
      const x = values[at + i];
      const y = values[next + i];
      const a = tile[j];
      const b = tile[j + 1];
      const c = tile[j + 2];
      const d = tile[j + 3];
      a0 += x * a;
      b0 += x * b;
      c0 += x * c;
      d0 += x * d;
      a1 += y * a;
      b1 += y * b;
      c1 += y * c;
      d1 += y * d;
    }
    out[row] = a0;
    out[second + row] = b0;
    out[third + row] = c0;
    out[fourth + row] = d0;
    if (next === at) continue;
    out[row + 1] = a1;
    out[second + row + 1] = b1;
    out[third + row + 1] = c1;
    out[fourth + row + 1] = d1;
  }
}
