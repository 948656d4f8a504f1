import { expect, test } from 'vitest';
import { chooseDefaults } from '../../core/defaults';
import { runCost, runSeconds } from '../../core/training_cost';
import { run } from '../../page/fakeParts.testing';
import { Countdown, leftWords, secondsLeft } from './timeLeft';

test('a time left never rises while its run goes on, and another run begins anew', () => {
  const countdown = new Countdown();
  expect([120, 90, 130, 80].map((estimate) => countdown.show('a', estimate))).toEqual([120, 90, 90, 80]);
  expect(countdown.show('b', 500)).toBe(500);
});

test('at the first step what is left is what was promised before Start, but for the views that are kept', () => {
  const facts = { count: 220, medianSide: 160, storedSide: 160, imagesPerSecond: 400 };
  const { config } = chooseDefaults(facts);
  const cost = runCost(config, facts);
  const promised = (runSeconds(config, facts) ?? 0) - (cost?.preparation ?? 0);
  expect(secondsLeft({ ...run(), config }, 0, config.steps ?? 0, 220, cost?.step ?? 0)).toBeCloseTo(promised, 6);
});

test('nobody foretells seconds of minutes', () => {
  expect([3, 42, 200].map(leftWords)).toEqual(['nearly done', 'about 40 s left', 'about 3 min left']);
});
