import { describe, expect, it } from 'vitest';
import { componentsFor, pcaCoordinates } from '../core/pca';
import { Draws } from '../core/random';
import { fitPca } from './pca';
import type { Rows } from './rows';
import { symmetricEigenvectors } from './symmetric_eigenvectors';

const draws = new Draws({ seed: 12, purpose: 'sample' });
const mixed = (count: number, dim: number): Rows => ({
  values: Float32Array.from({ length: count * dim }, (_, at) => draws.normal() / (1 + (at % dim)) + 3),
  count,
  dim,
});

describe('eigenvectors of a symmetric matrix', () => {
  it.each([1, 2, 3, 17])('of side %i are at right angles and rebuild it', (n) => {
    const half = Float64Array.from({ length: n * n }, () => draws.normal());
    const matrix = half.map((value, at) => value + half[(at % n) * n + Math.floor(at / n)]);
    const { values, vectors } = symmetricEigenvectors(matrix.slice(), n);
    let [worst, skew] = [0, 0];
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let [sum, angle] = [0, 0];
        for (let k = 0; k < n; k++) {
          sum += values[k] * vectors[k * n + i] * vectors[k * n + j];
          angle += vectors[i * n + k] * vectors[j * n + k];
        }
        worst = Math.max(worst, Math.abs(sum - matrix[i * n + j]));
        skew = Math.max(skew, Math.abs(angle - (i === j ? 1 : 0)));
      }
    expect(worst).toBeLessThan(1e-12 * n * n);
    expect(skew).toBeLessThan(1e-12 * n);
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
  });

  it('of the second difference are sines', () => {
    const n = 12;
    const { vectors } = symmetricEigenvectors(
      Float64Array.from({ length: n * n }, (_, at) => {
        const apart = Math.abs(Math.floor(at / n) - (at % n));
        return apart === 0 ? 2 : apart === 1 ? -1 : 0;
      }),
      n,
    );
    const smoothest = vectors.subarray((n - 1) * n);
    for (let j = 0; j < n; j++)
      expect(smoothest[j]).toBeCloseTo(Math.sqrt(2 / (n + 1)) * Math.sin((Math.PI * (j + 1)) / (n + 1)), 10);
  });
});

describe('principal components', () => {
  it('of an ellipse are its axes, with their shares of the variance', () => {
    const count = 360;
    const values = Float32Array.from({ length: count * 2 }, (_, at) => {
      const turn = ((at >> 1) / count) * 2 * Math.PI;
      const [long, short] = [3 * Math.cos(turn), Math.sin(turn)];
      return (at % 2 ? 0.6 * long + 0.8 * short : 0.8 * long - 0.6 * short) + 10;
    });
    const pca = fitPca({ values, count, dim: 2 });
    for (const [i, value] of [0.8, 0.6, -0.6, 0.8].entries()) expect(pca.components[i]).toBeCloseTo(value, 5);
    expect(pca.explained[0]).toBeCloseTo(0.9, 5);
    expect(pca.deviations[0]).toBeCloseTo(3 / Math.sqrt(2), 4);
    expect([componentsFor(pca, 0.89), componentsFor(pca)]).toEqual([1, 2]);
  });

  it('have uncorrelated coordinates of their deviations, whitened ones of deviation 1', () => {
    const rows = mixed(80, 9);
    const pca = fitPca(rows);
    for (const whiten of [false, true]) {
      const coordinates = pcaCoordinates(pca, rows.values, 9, whiten);
      for (let i = 0; i < 9; i++)
        for (let j = 0; j < 9; j++) {
          let sum = 0;
          for (let row = 0; row < 80; row++) sum += coordinates[row * 9 + i] * coordinates[row * 9 + j];
          expect(sum / 80).toBeCloseTo(i !== j ? 0 : whiten ? 1 : pca.deviations[i] ** 2, 5);
        }
    }
    expect(pca.explained.reduce((a, b) => a + b)).toBeCloseTo(1, 10);
  });

  it('keep all distances when all are kept', () => {
    const rows = mixed(20, 6);
    const coordinates = pcaCoordinates(fitPca(rows), rows.values, 6);
    const distance = (of: Float32Array, a: number, b: number) =>
      Math.hypot(...Array.from({ length: 6 }, (_, j) => of[a * 6 + j] - of[b * 6 + j]));
    for (let row = 1; row < 20; row++)
      expect(distance(coordinates, 0, row)).toBeCloseTo(distance(rows.values, 0, row), 5);
  });

  it('are the same by way of the rows when there are more columns', () => {
    const rows = mixed(15, 6);
    const wide: Rows = { values: new Float32Array(15 * 40), count: 15, dim: 40 };
    for (let row = 0; row < 15; row++)
      for (let j = 0; j < 6; j++) wide.values[row * 40 + 6 * j + 2] = rows.values[row * 6 + j];
    const [narrow, broad] = [fitPca(rows), fitPca(wide)];
    expect(broad.deviations.length).toBe(6);
    for (let i = 0; i < 6; i++) {
      expect(broad.explained[i]).toBeCloseTo(narrow.explained[i], 6);
      for (let j = 0; j < 6; j++)
        expect(broad.components[i * 40 + 6 * j + 2]).toBeCloseTo(narrow.components[i * 6 + j], 4);
    }
  });

  it('of pictures that are all alike are one without variance', () => {
    const pca = fitPca({ values: new Float32Array(12).fill(2), count: 4, dim: 3 });
    expect([...pca.explained]).toEqual([0]);
    expect([...pcaCoordinates(pca, Float32Array.of(2, 2, 2), 1, true)]).toEqual([0]);
  });
});
