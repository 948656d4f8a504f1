import { describe, expect, it } from 'vitest';
import { Draws, nameHash } from './random';

describe('draws', () => {
  it('are the same for the same key, and differ when any part of the key differs', () => {
    const key = { seed: 7, purpose: 'view', step: 3, image: 5, view: 1 } as const;
    const take = (k: ConstructorParameters<typeof Draws>[0]) => {
      const draws = new Draws(k);
      return Array.from({ length: 9 }, () => draws.word());
    };
    const reference = take(key);
    expect(take({ ...key })).toEqual(reference);
    for (const other of [{ seed: 8 }, { purpose: 'order' as const }, { step: 4 }, { image: 6 }, { view: 0 }])
      expect(take({ ...key, ...other })).not.toEqual(reference);
  });

  it('are uniform: mean 1/2, variance 1/12, and uncorrelated between neighbouring keys', () => {
    const n = 20000;
    let sum = 0;
    let squares = 0;
    let cross = 0;
    let before = 0.5;
    for (let image = 0; image < n; image++) {
      const u = new Draws({ seed: 1, purpose: 'view', image }).uniform();
      sum += u;
      squares += (u - 0.5) ** 2;
      cross += (u - 0.5) * (before - 0.5);
      before = u;
    }
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(squares / n - 1 / 12)).toBeLessThan(0.002);
    expect(Math.abs(cross / n)).toBeLessThan(4 / 12 / Math.sqrt(n));
  });

  it('have standard normals of mean 0 and variance 1', () => {
    const draws = new Draws({ seed: 2, purpose: 'weights' });
    const values = Array.from({ length: 20000 }, () => draws.normal());
    expect(Math.abs(values.reduce((a, b) => a + b) / values.length)).toBeLessThan(0.03);
    expect(Math.abs(values.reduce((a, b) => a + b * b) / values.length - 1)).toBeLessThan(0.05);
  });

  it('permute: every number once, every place as likely', () => {
    const counts = Array.from({ length: 5 }, () => [0, 0, 0, 0, 0]);
    for (let step = 0; step < 5000; step++) {
      const order = new Draws({ seed: 0, purpose: 'order', step }).permutation(5);
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
      for (const [place, value] of order.entries()) counts[place][value]++;
    }
    for (const row of counts) for (const count of row) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('hash names apart', () => {
    expect(nameHash('layer1.0.conv1.weight')).not.toBe(nameHash('layer1.0.conv2.weight'));
  });
});
