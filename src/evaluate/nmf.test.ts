import { describe, expect, it } from 'vitest';
import { Fault } from '../core/fault';
import { Draws } from '../core/random';
import { fitNmf, type Nmf, nmfActivations } from './nmf';
import { finish } from './work';

const [count, dim] = [40, 24];
const draws = new Draws({ seed: 7, purpose: 'sample' });
/** Three parts on columns of their own, and sparse amounts of them. */
const amounts = Float64Array.from({ length: count * 3 }, () => Math.max(0, draws.normal()));
const clean = Float32Array.from({ length: count * dim }, (_, at) => {
  const [row, j] = [Math.floor(at / dim), at % dim];
  return amounts[row * 3 + (j >> 3)] * (1 + (j & 7));
});
const rows = { values: clean, count, dim };

const rebuilt = ({ activations, patterns, parts }: Nmf, row: number, j: number): number => {
  let sum = 0;
  for (let a = 0; a < parts; a++) sum += activations[row * parts + a] * patterns[j * parts + a];
  return sum;
};

describe('non-negative factorisation', () => {
  it('never gets worse, and its loss is the squared distance', () => {
    const noisy = { ...rows, values: clean.map((value) => value + Math.abs(draws.normal())) };
    const found = finish(fitNmf(noisy, 5));
    expect(found.losses.length).toBeGreaterThan(10);
    for (let step = 1; step < found.losses.length; step++)
      expect(found.losses[step]).toBeLessThanOrEqual(found.losses[step - 1] * (1 + 1e-12));
    let squares = 0;
    for (let row = 0; row < count; row++)
      for (let j = 0; j < dim; j++) squares += (noisy.values[row * dim + j] - rebuilt(found, row, j)) ** 2;
    expect(found.losses.at(-1)! / squares).toBeCloseTo(1, 5);
  });

  it('finds the parts that features were added up from', () => {
    const found = finish(fitNmf(rows, 3, { most: 2000 }));
    const first = found.losses[0];
    expect(found.losses.at(-1)! / first).toBeLessThan(1e-4);
    const places = [0, 1, 2].map((a) => {
      const pattern = Array.from({ length: dim }, (_, j) => found.patterns[j * 3 + a]);
      const place = pattern.indexOf(Math.max(...pattern)) >> 3;
      const inside = pattern.filter((_, j) => j >> 3 === place).reduce((sum, value) => sum + value, 0);
      expect(inside / pattern.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(0.97);
      return place;
    });
    expect(places.sort()).toEqual([0, 1, 2]);
  });

  it('is the same for a seed, and gives other rows their activations by the same parts', () => {
    const [found, again] = [1, 2].map(() => finish(fitNmf(rows, 3)));
    expect(again).toEqual(found);
    const activations = nmfActivations(rows, found, 2000);
    let [error, size] = [0, 0];
    for (let row = 0; row < count; row++)
      for (let j = 0; j < dim; j++) {
        error += (rebuilt({ ...found, activations }, row, j) - clean[row * dim + j]) ** 2;
        size += clean[row * dim + j] ** 2;
      }
    expect(error).toBeLessThanOrEqual(found.losses.at(-1)! + 1e-6 * size);
  });

  it('refuses negative features', () => {
    expect(() => finish(fitNmf({ ...rows, values: clean.with(3, -1) }, 2))).toThrow(Fault);
  });
});
