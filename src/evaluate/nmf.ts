import { Fault } from '../core/fault';
import { Draws } from '../core/random';
import type { Rows } from './rows';
import type { Work } from './work';

/** Keeps a denominator from being 0. */
const TINY = 1e-12;

/** Features as sums of parts that are only ever added: V [count, dim] is about activations x parts. */
export interface Nmf {
  parts: number;
  /** [count, parts] */
  activations: Float32Array;
  /** [dim, parts]: part a is column a. */
  patterns: Float64Array;
  /** |V - WH|^2 before each update, and at the end: it never rises. */
  losses: number[];
}

/** left' x right of [rows, a] and [rows, b], row-major: [b, a]. */
function cross(left: ArrayLike<number>, a: number, right: ArrayLike<number>, b: number): Float64Array {
  const out = new Float64Array(b * a);
  const rows = left.length / a;
  for (let row = 0; row < rows; row++)
    for (let j = 0; j < b; j++) {
      const value = right[row * b + j];
      if (value !== 0) for (let i = 0; i < a; i++) out[j * a + i] += left[row * a + i] * value;
    }
  return out;
}

/** x <- x numerator / (x square): the multiplicative update, for x [rows, r] and square [r, r]. */
function update(x: Float64Array, numerator: Float64Array, square: Float64Array, r: number): void {
  const row = new Float64Array(r);
  for (let at = 0; at < x.length; at += r) {
    row.set(x.subarray(at, at + r));
    for (let i = 0; i < r; i++) {
      let denominator = TINY;
      for (let j = 0; j < r; j++) denominator += row[j] * square[j * r + i];
      x[at + i] = (row[i] * numerator[at + i]) / denominator;
    }
  }
}

const inner = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** V times patterns: [count, parts]. */
function seen({ values, count, dim }: Rows, patterns: Float64Array, r: number): Float64Array {
  const out = new Float64Array(count * r);
  for (let row = 0, at = 0; row < count; row++)
    for (let j = 0; j < dim; j++, at++) {
      const value = values[at];
      if (value !== 0) for (let i = 0; i < r; i++) out[row * r + i] += value * patterns[j * r + i];
    }
  return out;
}

/**
 * Non-negative matrix factorisation by multiplicative updates, Lee & Seung 2001, Algorithms for Non-negative Matrix
 * Factorization, theorem 1; the start is drawn from the seed. Ends when ten updates win less than a thousandth. Throws a
 * Fault for negative features.
 */
export function* fitNmf(rows: Rows, parts: number, { seed = 0, most = 300 } = {}): Work<Nmf> {
  const { values, count, dim } = rows;
  if (values.some((value) => !(value >= 0)))
    throw new Fault(
      'config',
      'Parts can only be found in features that are never negative.',
      'Choose a layer behind a ReLU.',
    );
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  const draws = new Draws({ seed, purpose: 'sample', image: parts });
  const scale = Math.sqrt(values.reduce((sum, value) => sum + value, 0) / values.length / parts);
  const start = (length: number) => Float64Array.from({ length }, () => scale * draws.uniform(0.5, 1.5));
  const [activations, patterns] = [start(count * parts), start(dim * parts)];
  const losses: number[] = [];
  for (let step = 0; ; step++) {
    const projected = seen(rows, patterns, parts);
    const square = cross(patterns, parts, patterns, parts);
    const own = cross(activations, parts, activations, parts);
    losses.push(Math.max(0, squares - 2 * inner(projected, activations) + inner(square, own)));
    const before = losses[step - 10];
    if (step === most || (before !== undefined && before - losses[step] <= 1e-3 * before)) break;
    update(activations, projected, square, parts);
    update(patterns, cross(activations, parts, values, dim), cross(activations, parts, activations, parts), parts);
    yield step / most;
  }
  return { parts, activations: Float32Array.from(activations), patterns, losses };
}

/** Activations [count, parts] of other features with the same parts: the same updates, parts held. */
export function nmfActivations(rows: Rows, { parts, patterns }: Nmf, updates = 100): Float32Array {
  const projected = seen(rows, patterns, parts);
  const square = cross(patterns, parts, patterns, parts);
  const x = new Float64Array(rows.count * parts).fill(1);
  for (let step = 0; step < updates; step++) update(x, projected, square, parts);
  return Float32Array.from(x);
}
