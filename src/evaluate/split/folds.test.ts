import { describe, expect, it } from 'vitest';
import { Fault } from '../../core/fault';
import { Draws } from '../../core/random';
import { finish } from '../work';
import { dealFolds } from './folds';
import { keptTogether } from './keep_together';
import { NEAR, nearDuplicates } from './near_duplicates';
import { Units } from './units';

const tally = (numbers: Iterable<number>, k: number): number[] => {
  const counts = Array<number>(k).fill(0);
  for (const number of numbers) counts[number]++;
  return counts;
};

describe('folds', () => {
  it('hold each row once, and every class in numbers that differ by at most one', () => {
    const classes = Int32Array.from({ length: 103 }, (_, i) => (i < 60 ? 0 : i < 91 ? 1 : i < 100 ? 2 : 3));
    const { k, of } = dealFolds(103, { classes });
    for (const one of [0, 1, 2, 3]) {
      const counts = tally(
        of.filter((_, row) => classes[row] === one),
        k,
      );
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
    const sizes = tally(of, k);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it('are the same for a seed, others for another, and not in the order of the rows', () => {
    const of = (seed: number) => [...dealFolds(50, { seed }).of];
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
    expect(of(1).slice(0, 10)).not.toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
  });

  it('never divide a unit, and still come out even', () => {
    const draws = new Draws({ seed: 3, purpose: 'sample' });
    const units = new Units(400);
    for (let i = 0; i < 150; i++) units.join(draws.integer(400), draws.integer(400));
    const numbers = units.numbers();
    const classes = Int32Array.from({ length: 400 }, () => draws.integer(4));
    const { of, k, words } = dealFolds(400, { classes, units: numbers });
    const foldOfUnit = new Map<number, number>();
    for (const [row, unit] of numbers.entries()) {
      expect(foldOfUnit.get(unit) ?? of[row]).toBe(of[row]);
      foldOfUnit.set(unit, of[row]);
    }
    const sizes = tally(of, k);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(20);
    expect(words).toContain(`400 pictures in ${foldOfUnit.size} units`);
  });

  it('are fewer where there are fewer units, and none for one', () => {
    expect(dealFolds(9, { units: Int32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2) }).k).toBe(3);
    expect(() => dealFolds(3, { units: new Int32Array(3) })).toThrow(Fault);
    expect(() => dealFolds(1)).toThrow('fewer than two pictures are labelled');
  });
});

describe('units', () => {
  it('are the connected parts of a graph, found by walking it', () => {
    const draws = new Draws({ seed: 1, purpose: 'sample' });
    const pairs = Array.from({ length: 70 }, () => [draws.integer(100), draws.integer(100)]);
    const units = new Units(100);
    for (const [a, b] of pairs) units.join(a, b);
    const found = units.numbers();
    const label = Int32Array.from({ length: 100 }, (_, row) => row);
    for (let pass = 0; pass < 100; pass++)
      for (const [a, b] of pairs) label.fill(Math.min(label[a], label[b]), a, a + 1).copyWithin(b, a, a + 1);
    const names = [...new Set(label)];
    expect([...found]).toEqual([...label].map((name) => names.indexOf(name)));
  });

  it('join what shares a key, and leave rows without one alone', () => {
    const units = new Units(5);
    units.joinEqual(['a', null, 'b', null, 'a']);
    expect([...units.numbers()]).toEqual([0, 1, 2, 3, 0]);
  });
});

describe('what is kept together', () => {
  it('is tied by group, by file, or by likeness, and across all three', () => {
    const groups = { kind: 'class', name: 'scene', values: ['x', 'x', null, null, null, 'y', null] } as const;
    const ties = {
      groups: { ...groups, values: [...groups.values] },
      sha256: ['1', '2', '3', '2', '5', '6', '7'],
      near: [[3, 4]] as const,
    };
    expect([...keptTogether(7, ties)]).toEqual([0, 0, 1, 0, 0, 2, 3]);
    expect([...keptTogether(3, {})]).toEqual([0, 1, 2]);
  });
});

describe('near duplicates', () => {
  it('are those of a full comparison', () => {
    const dim = 3072;
    const count = 60;
    const draws = new Draws({ seed: 9, purpose: 'sample' });
    const values = Float32Array.from({ length: count * dim }, () => draws.normal());
    // Rows 30 .. 59 repeat rows 0 .. 29 with noise, half of it smooth: cosines between .9 and 1.
    for (let row = 30; row < count; row++) {
      const shift = draws.normal() / 4;
      for (let i = 0; i < dim; i++)
        values[row * dim + i] = 2 * values[(row - 30) * dim + i] + ((row - 30) / 30) * draws.normal() + shift;
    }
    const plain: number[][] = [];
    for (let b = 0; b < count; b++)
      for (let a = 0; a < b; a++) {
        let [ab, aa, bb] = [0, 0, 0];
        for (let i = 0; i < dim; i++) {
          const [x, y] = [values[a * dim + i], values[b * dim + i]];
          ab += x * y;
          aa += x * x;
          bb += y * y;
        }
        if (ab / Math.sqrt(aa * bb) > NEAR) plain.push([a, b]);
      }
    expect(plain.length).toBeGreaterThan(3);
    expect(plain.length).toBeLessThan(25);
    expect(finish(nearDuplicates({ values, count, dim }))).toEqual(plain);
  });
});
