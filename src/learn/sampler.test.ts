import { describe, expect, it } from 'vitest';
import { batchRows, stepsPerEpoch } from './sampler';

describe('batch rows', () => {
  it('visit every picture at most once an epoch, and all but the remainder', () => {
    const seen = new Set<number>();
    for (let step = 0; step < stepsPerEpoch(23, 5); step++) for (const row of batchRows(1, 23, 5, step)) seen.add(row);
    expect(seen.size).toBe(20);
    expect(Math.max(...seen)).toBeLessThan(23);
  });

  it('are a pure function of the step: asked in any order, the same', () => {
    const forward = Array.from({ length: 12 }, (_, step) => [...batchRows(3, 17, 4, step)]);
    for (let step = 11; step >= 0; step--) expect([...batchRows(3, 17, 4, step)]).toEqual(forward[step]);
  });

  it('come in another order in the next epoch', () => {
    expect([...batchRows(3, 16, 16, 0)]).not.toEqual([...batchRows(3, 16, 16, 1)]);
  });
});
