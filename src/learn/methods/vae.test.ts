import { expect, test } from 'vitest';
import { betaAt, codeNoise } from './vae';

test('beta rises evenly from 0 over its share of the steps and then stays', () => {
  const config = { beta: 4, betaWarmup: 0.5, steps: 100 };
  expect([0, 25, 50, 99].map((step) => betaAt(config, step))).toEqual([0, 2, 4, 4]);
  expect(betaAt({ ...config, betaWarmup: 0 }, 0)).toBe(0);
  expect(betaAt({ ...config, betaWarmup: 0 }, 1)).toBe(4);
  // A run without an end has no share of its steps.
  expect([0, 250, 500, 9000].map((step) => betaAt({ ...config, steps: null }, step))).toEqual([0, 2, 4, 4]);
});

test('the noise of a code belongs to its picture and step, wherever in the batch it stands', () => {
  const noise = codeNoise([3, 8], 4, 1, 7);
  expect(codeNoise([8, 5, 3], 4, 1, 7).subarray(8)).toEqual(noise.subarray(0, 4));
  expect(codeNoise([3], 4, 1, 8)).not.toEqual(noise.subarray(0, 4));
  const many = codeNoise([...Array(500).keys()], 8, 1, 0);
  const mean = many.reduce((a, b) => a + b) / many.length;
  expect(Math.abs(mean)).toBeLessThan(0.05);
  expect(many.reduce((sum, x) => sum + x * x, 0) / many.length).toBeCloseTo(1, 1);
});
