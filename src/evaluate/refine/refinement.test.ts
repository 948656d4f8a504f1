import { describe, expect, it } from 'vitest';
import { Draws } from '../../core/random';
import { gram } from '../gram';
import type { Rows } from '../rows';
import { symmetricEigenvectors } from '../symmetric_eigenvectors';
import { leadingEigenvectors } from './leading_eigenvectors';
import { type RefineOptions, refined, refineRows } from './refinement';

/** Rows about a few centres, as embeddings behind a ReLU: none negative. */
function features(count: number, dim: number, seed = 3): Rows {
  const draws = new Draws({ seed, purpose: 'sample' });
  const values = Float32Array.from({ length: count * dim }, (_, at) => {
    const [row, column] = [Math.floor(at / dim), at % dim];
    return Math.max(0, draws.normal() + (row % 5 === column % 5 ? 1 : 0)) / (1 + column);
  });
  return { values, count, dim };
}

/** Eigenvectors of a symmetric matrix by Jacobi's rotations: another way to the same. */
function jacobi(a: number[][]): { values: number[]; vectors: number[][] } {
  const n = a.length;
  const v = a.map((_, i) => a.map((_, j) => Number(i === j)));
  for (let sweep = 0; sweep < 30; sweep++)
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a[p][q]) < 1e-300) continue;
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const [c, s] = [1 / Math.hypot(t, 1), t / Math.hypot(t, 1)];
        for (let k = 0; k < n; k++) [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]];
        for (let k = 0; k < n; k++) [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]];
        for (let k = 0; k < n; k++) [v[k][p], v[k][q]] = [c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q]];
      }
  const order = a.map((_, i) => i).sort((i, j) => a[j][j] - a[i][i]);
  return { values: order.map((i) => a[i][i]), vectors: order.map((i) => v.map((row) => row[i])) };
}

/** The reference's formulas word by word, in double precision: cosines of the refined rows [count, count]. */
function plainCosines({ values, count, dim }: Rows, { dims = 64, power = 0.125 }: RefineOptions = {}): number[][] {
  const unit = (row: number[]): number[] => {
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    return row.map((value) => value / length);
  };
  const read = (row: number): number[] => Array.from(values.subarray(row * dim, (row + 1) * dim));
  const x = Array.from({ length: count }, (_, row) =>
    unit(read(row).map((v) => Math.sign(v) * Math.sqrt(Math.abs(v)))),
  );
  const mean = x[0].map((_, j) => x.reduce((sum, row) => sum + row[j] / count, 0));
  const centred = x.map((row) => row.map((value, j) => value - mean[j]));
  const covariance = mean.map((_, i) => mean.map((_, j) => centred.reduce((s, row) => s + row[i] * row[j], 0) / count));
  const { values: variances, vectors } = jacobi(covariance);
  const k = Math.min(dims, dim, count - 1);
  const rows = centred.map((row) =>
    unit(
      Array.from({ length: k }, (_, i) => {
        const along = row.reduce((sum, value, j) => sum + value * vectors[i][j], 0);
        return along / Math.sqrt(variances[i]) ** (2 * power);
      }),
    ),
  );
  return rows.map((a) => rows.map((b) => a.reduce((sum, value, i) => sum + value * b[i], 0)));
}

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

describe('refined embeddings', () => {
  it.each<[number, number, RefineOptions]>([
    [40, 12, {}],
    [40, 12, { dims: 5 }],
    [40, 12, { dims: 8, power: 0.5 }],
    [9, 20, {}],
    [9, 20, { dims: 4, power: 0 }],
  ])('of %i rows of %i numbers are those of the plain formulas, %o', (count, dim, options) => {
    const rows = features(count, dim);
    const found = refined(rows.values, count, dim, options);
    expect(found.dim).toBe(Math.min(options.dims ?? 64, dim, count - 1));
    expect(furthest(gram(found), plainCosines(rows, options).flat())).toBeLessThan(1e-5);
  });

  it('keep the sign of what a projection head gives', () => {
    const draws = new Draws({ seed: 8, purpose: 'sample' });
    const rows = { values: Float32Array.from({ length: 300 }, () => draws.normal()), count: 30, dim: 10 };
    const found = refined(rows.values, 30, 10);
    expect(furthest(gram(found), plainCosines(rows).flat())).toBeLessThan(1e-5);
    // The other sign is the same embedding, mirrored.
    const mirrored = refined(
      rows.values.map((value) => -value),
      30,
      10,
    );
    expect(furthest(gram(mirrored), gram(found))).toBeLessThan(1e-5);
  });

  it('do not depend on the size of a row, nor on the order of columns; rows keep their own in any order', () => {
    const rows = features(50, 16);
    const cosines = gram(refined(rows.values, 50, 16));
    const scaled = rows.values.map((value, at) => value * (1 + (Math.floor(at / 16) % 7)));
    expect(furthest(gram(refined(scaled, 50, 16)), cosines)).toBeLessThan(1e-5);
    const swapped = rows.values.map((_, at) => rows.values[at - (at % 16) + 15 - (at % 16)]);
    expect(furthest(gram(refined(swapped, 50, 16)), cosines)).toBeLessThan(1e-5);
    const reversed = rows.values.map((_, at) => rows.values[(49 - Math.floor(at / 16)) * 16 + (at % 16)]);
    const turned = gram(refined(reversed, 50, 16)).reverse();
    expect(furthest(turned, cosines)).toBeLessThan(1e-5);
  });

  it('of other rows come by the same refinement', () => {
    const rows = features(60, 14);
    const { refinement, values, dim } = refined(rows.values, 60, 14);
    const some = refineRows(refinement, { values: rows.values.slice(0, 5 * 14), count: 5, dim: 14 });
    expect(some.values).toEqual(values.slice(0, 5 * dim));
  });

  it('divide each component by its deviation: none at power 0, the more the less it varies at 0.5', () => {
    const rows = features(400, 10);
    const { refinement } = refined(rows.values, 400, 10, { power: 0.5 });
    // Of components c / s the lengths are 1 / s: the spectrum falls, so that they rise.
    const lengths = Array.from({ length: refinement.dims }, (_, i) =>
      Math.hypot(...refinement.components.values.subarray(i * 10, (i + 1) * 10)),
    );
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    const plain = refined(rows.values, 400, 10, { power: 0 }).refinement.components.values;
    expect(Math.hypot(...plain.subarray(0, 10))).toBeCloseTo(1, 5);
  });

  it('keep as many directions as there are, and give numbers where there are none', () => {
    const flat = new Float32Array(60).map((_, at) => (Math.floor(at / 6) % 3) + (at % 6 === 0 ? 1 : 0));
    expect(refined(flat, 10, 6).dim).toBeLessThanOrEqual(2); // three different rows
    const equal = refined(new Float32Array(30).fill(2), 5, 6);
    expect([equal.dim, equal.values.every(Number.isFinite)]).toEqual([1, true]);
    expect(refined(new Float32Array(6), 1, 6).values.every(Number.isFinite)).toBe(true);
  });
});

describe('leading eigenvectors', () => {
  it('by iteration are those of the whole decomposition', () => {
    const matrix = gram(features(300, 330, 5));
    const whole = symmetricEigenvectors(matrix.slice(), 300);
    const found = leadingEigenvectors(matrix, 300, 12);
    expect(found.values.length).toBe(12);
    for (const [i, value] of found.values.entries()) {
      expect(value / whole.values[i]).toBeCloseTo(1, 6);
      const [a, b] = [found.vectors, whole.vectors].map((of) => of.subarray(i * 300, (i + 1) * 300));
      expect(Math.abs(a.reduce((sum, one, j) => sum + one * b[j], 0))).toBeGreaterThan(1 - 1e-5);
    }
  });
});
