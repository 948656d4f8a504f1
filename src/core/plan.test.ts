import { describe, expect, it } from 'vitest';
import { type Budget, budgetWords, isOfPlan, type Plan, plannedWords, readPlan, stepsWithin } from './plan';
import type { Run } from './records';

const presets = ['moco-v2', 'ae'];
const plan: Plan = {
  dataset: 'birds',
  begun: 5,
  budget: { kind: 'minutes', amount: 5 },
  settings: { batch: 16 },
  left: [{ preset: 'ae' }, { preset: 'ae', batch: 8 }],
  run: 'first',
  done: [{ preset: 'moco-v2', reason: null }],
};

describe('a stored plan', () => {
  it('is read as it was written', () => {
    expect(readPlan(JSON.stringify(plan), presets)).toEqual(plan);
  });

  it.each([
    null,
    '',
    'null',
    '{}',
    '[1]',
    JSON.stringify({ ...plan, left: [{ preset: 'magic' }] }),
    JSON.stringify({ ...plan, budget: { kind: 'steps' } }),
    JSON.stringify({ ...plan, budget: { kind: 'hours', amount: 1 } }),
    JSON.stringify({ ...plan, budget: { kind: 'minutes', amount: -1 } }),
    JSON.stringify({ ...plan, left: [{ preset: 'ae', batch: -1 }] }),
    JSON.stringify({ ...plan, run: 7 }),
  ])('is none when it is not ours: %s', (text) => expect(readPlan(text, presets)).toBe(null));

  it('knows its own runs: of its pictures, since its beginning, of the first method left, with its budget', () => {
    const run = (config: object, more: object = {}) =>
      ({ dataset: 'birds', createdAt: 6, config: { preset: 'ae', batch: 16, steps: 9, ...config }, ...more }) as Run;
    expect(isOfPlan(plan, run({}))).toBe(true); // Minutes: its steps are what it came to.
    expect(isOfPlan(plan, run({}, { createdAt: 4 }))).toBe(false);
    expect(isOfPlan(plan, run({}, { dataset: 'fish' }))).toBe(false);
    expect(isOfPlan(plan, run({ preset: 'moco-v2' }))).toBe(false);
    const bySteps: Plan = { ...plan, budget: { kind: 'images', amount: 144 }, left: [{ preset: 'ae', batch: 16 }] };
    expect(isOfPlan(bySteps, run({}))).toBe(true);
    expect(isOfPlan(bySteps, run({ steps: 10 }))).toBe(false);
    expect(isOfPlan(bySteps, run({ batch: 8, steps: 18 }))).toBe(false);
    const start = { bundled: 'inception-v3' } as const;
    const adapted: Plan = { ...plan, left: [{ preset: 'ae', start }] };
    expect(isOfPlan(adapted, run({ start: { ...start } }))).toBe(true);
    expect(isOfPlan(adapted, run({ start: null }))).toBe(false);
  });

  it('says its budget and what is planned', () => {
    const budgets: Budget[] = [plan.budget, { kind: 'steps', amount: 1 }, { kind: 'images', amount: 38_400 }];
    expect(budgets.map(budgetWords)).toEqual(['5 minutes each', '1 step each', '38,400 pictures each']);
    expect(plan.left.map(plannedWords)).toEqual(['Autoencoder', 'Autoencoder, batch 8']);
    expect([null, { bundled: 'inception-v3' } as const].map((start) => plannedWords({ preset: 'ae', start }))).toEqual([
      'Autoencoder, random weights',
      'Autoencoder from InceptionV3',
    ]);
  });

  it('gives every batch the steps that see as many pictures, and never none', () => {
    const images: Budget = { kind: 'images', amount: 1280 };
    expect([8, 128, 100, 4096].map((batch) => stepsWithin(images, batch))).toEqual([160, 10, 13, 1]);
    expect(stepsWithin({ kind: 'steps', amount: 7 }, 8)).toBe(7);
    expect(stepsWithin(plan.budget, 8)).toBe(null);
  });
});
