import { expect, test } from 'vitest';
import { chooseDefaults } from '../../../core/defaults';
import { efforts } from './efforts';

const facts = { count: 220, medianSide: 160, storedSide: 160, imagesPerSecond: 400 };

test('above frozen layers quick keeps views and thorough makes new ones, which takes longer', () => {
  const config = chooseDefaults(facts);
  const [quick, thorough] = efforts(config, facts);
  expect([quick.chosen, thorough.chosen]).toEqual([true, false]);
  expect(quick.values).toEqual({ views: config.views });
  expect(thorough.values).toEqual({ views: 0 });
  expect(thorough.seconds).toBeGreaterThan(quick.seconds ?? Number.POSITIVE_INFINITY);
  // Once thorough is chosen, quick offers the same views again.
  expect(efforts({ ...config, ...thorough.values }, facts)[0]).toMatchObject({ values: quick.values, chosen: false });
});

test('where steps are so few that keeping views saves no time, quick is not offered', () => {
  const config = chooseDefaults({ ...facts, count: 307 });
  const [quick, thorough] = efforts({ ...config, steps: 10, views: 0 }, { ...facts, count: 307 });
  expect(quick).toMatchObject({ possible: false, chosen: false, about: 'Saves no time with so few steps.' });
  expect(thorough.chosen).toBe(true);
  const [some, fresh] = efforts({ ...config, steps: 20, views: 2 }, { ...facts, count: 307 });
  expect(some.seconds).toBeLessThan(fresh.seconds ?? 0);
});

test('from random weights thorough has three times the steps, and other steps are neither', () => {
  const config = chooseDefaults(facts, 'moco-v2', 0, null);
  const chosen = (steps: number | null) => efforts({ ...config, steps }, facts).map((effort) => effort.chosen);
  expect(chosen(config.steps)).toEqual([true, false]);
  expect(chosen(3 * (config.steps ?? 0))).toEqual([false, true]);
  expect(chosen(77)).toEqual([false, false]);
  expect(chosen(null)).toEqual([false, false]);
});
