import { describe, expect, it } from 'vitest';
import { compareShares, standardError } from './significance';

describe('the standard error of a share', () => {
  it('nears the square root of p (1 - p) / n', () => {
    expect(standardError({ value: 0.5, queries: 10_000 })).toBeCloseTo(0.005, 5);
    expect(standardError({ value: 0.1, queries: 10_000 })).toBeCloseTo(0.003, 5);
  });

  it('is not zero for 3 hits out of 3', () => {
    expect(standardError({ value: 1, queries: 3 })).toBeGreaterThan(0.1);
    expect(compareShares({ value: 1, queries: 3 }, { value: 0.5, queries: 3 })).toBe('same');
  });
});

describe('two shares', () => {
  it('differ beyond two standard errors of their difference', () => {
    const share = (value: number, queries?: number) => ({ value, queries });
    expect(compareShares(share(0.5, 1000), share(0.54, 1000))).toBe('same');
    expect(compareShares(share(0.5, 1000), share(0.55, 1000))).toBe('lower');
    expect(compareShares(share(0.55, 1000), share(0.5, 1000))).toBe('higher');
    expect(compareShares(share(0.51), share(0.5))).toBe('higher');
    expect(compareShares(share(0.5), share(0.5))).toBe('same');
  });
});
