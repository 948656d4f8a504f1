import { describe, expect, test } from 'vitest';
import { chooseDefaults } from './defaults';
import { evaluationsLeft, runCost, runSeconds, secondsLeft } from './training_cost';

const facts = { count: 220, medianSide: 160, storedSide: 160, imagesPerSecond: 400 };
const config = chooseDefaults(facts);

describe('what a run costs', () => {
  test('is in proportion to the device, and unknown without one or without an end', () => {
    const slow = runSeconds(config, facts) ?? 0;
    expect(runSeconds(config, { ...facts, imagesPerSecond: 800 })).toBeCloseTo(slow / 2, 6);
    expect(runSeconds(config, { ...facts, imagesPerSecond: 0 })).toBe(null);
    expect(runSeconds({ ...config, steps: null }, facts)).toBe(null);
  });

  test('at the first step is what was promised before Start, but for the views that are kept', () => {
    const { preparation, step } = runCost(config, facts);
    const promised = (runSeconds(config, facts) ?? 0) - preparation;
    expect(secondsLeft(config, 220, config.steps ?? 0, step)).toBeCloseTo(promised, 6);
  });

  test('of kept views is paid once, of fresh ones at each step', () => {
    const [quick, thorough] = [config, { ...config, views: 0 }].map((one) => runCost(one, facts));
    expect(quick.preparation).toBeGreaterThan(0);
    expect(thorough.preparation).toBe(0);
    expect(thorough.step).toBeGreaterThan(2 * quick.step);
    expect(thorough.evaluation).toBe(quick.evaluation);
  });

  test('counts evaluations as the trainer makes them: a last one, a first after a while, then a seventh of the time', () => {
    const cost = runCost(config, facts);
    const wait = (2 * (220 + 2 * 220)) / config.batch;
    expect(evaluationsLeft(cost, config, 220, 0)).toBe(1);
    expect(evaluationsLeft(cost, config, 220, 2 * wait - 1)).toBe(1);
    expect(evaluationsLeft(cost, config, 220, 2 * wait + 1)).toBe(2);
    const many = 100_000;
    const evaluating = evaluationsLeft(cost, config, 220, many) * cost.evaluation;
    expect(evaluating / (many * cost.step)).toBeCloseTo(1 / 6, 2);
  });
});
