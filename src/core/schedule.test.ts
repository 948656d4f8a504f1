import { describe, expect, it } from 'vitest';
import { coolDownFrom, keyMomentum, lastStep, learningRate } from './schedule';

const base = { learningRate: 0.06, steps: 100, warmup: 0, schedule: 'cosine' } as const;

describe('learning rate', () => {
  it('is half at half time and nearly zero at the last step', () => {
    expect(learningRate(base, 0)).toBe(0.06);
    expect(learningRate(base, 50)).toBeCloseTo(0.03, 12);
    expect(learningRate(base, 99)).toBeCloseTo(0.06 * 0.5 * (1 - Math.cos(Math.PI / 100)), 12);
  });

  it('rises linearly over the warm-up and meets the schedule there', () => {
    const warm = { ...base, schedule: 'constant', warmup: 0.1 } as const;
    expect(Array.from({ length: 11 }, (_, step) => learningRate(warm, step) / 0.06)).toEqual([
      ...Array.from({ length: 10 }, (_, i) => (0.06 * ((i + 1) / 10)) / 0.06),
      1,
    ]);
  });

  it('falls tenfold at 60 % and 80 % for MoCo v1', () => {
    const steps = { ...base, schedule: 'steps' } as const;
    expect([59, 60, 79, 80].map((step) => learningRate(steps, step) / 0.06)).toEqual(
      [1, 0.1, 0.1, 0.01].map((f) => (0.06 * f) / 0.06),
    );
  });

  it('stays until an open-ended run is asked to end, then falls to zero at its last step', () => {
    const open = { ...base, steps: null };
    expect(learningRate(open, 100_000)).toBe(0.06);
    const coolDown = coolDownFrom(850);
    expect(coolDown).toEqual({ from: 850, steps: 150 });
    expect(learningRate(open, 850, coolDown)).toBe(0.06);
    expect(learningRate(open, 925, coolDown)).toBeCloseTo(0.03, 12);
    expect(lastStep(open, coolDown)).toBe(1000);
    expect(learningRate(open, 1000, coolDown)).toBe(0);
    expect(lastStep(open, null)).toBe(null);
  });
});

describe('key momentum', () => {
  it('goes from the first value to the last', () => {
    const config = { keyMomentum: [0.99, 0.999], steps: 10 } as const;
    expect(keyMomentum(config, 0)).toBeCloseTo(0.99, 12);
    expect(keyMomentum(config, 5)).toBeCloseTo(0.9945, 12);
    expect(keyMomentum(config, 10)).toBeCloseTo(0.999, 12);
    expect(keyMomentum({ ...config, steps: null }, 5000)).toBe(0.99);
  });
});
