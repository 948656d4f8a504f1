import { describe, expect, it } from 'vitest';
import { budgetWords, type Plan, readPlan } from './plan';

const presets = ['moco-v2', 'ae'];
const plan: Plan = {
  dataset: 'birds',
  budget: { kind: 'minutes', minutes: 5 },
  settings: { batch: 16 },
  left: ['ae'],
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
    JSON.stringify({ ...plan, left: ['magic'] }),
    JSON.stringify({ ...plan, budget: { kind: 'steps' } }),
    JSON.stringify({ ...plan, budget: { kind: 'minutes', minutes: -1 } }),
    JSON.stringify({ ...plan, run: 7 }),
  ])('is none when it is not ours: %s', (text) => expect(readPlan(text, presets)).toBe(null));

  it('says its budget', () => {
    expect([budgetWords(plan.budget), budgetWords({ kind: 'steps', steps: 1 })]).toEqual([
      '5 minutes each',
      '1 step each',
    ]);
  });
});
