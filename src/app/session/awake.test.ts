import { expect, test } from 'vitest';
import { run } from '../../page/fakeParts.testing';
import { createLookalikeStore, patch } from '../store/store';
import { pageTitle } from './awake';

test('the title says how far a run is while it trains, and nothing else otherwise', () => {
  const store = createLookalikeStore();
  expect(pageTitle(store.getState(), 0)).toBe('Lookalike');
  const training = run();
  patch(store, 'training', { run: { ...training, config: { ...training.config, steps: 300 } }, phase: 'training' });
  expect(pageTitle(store.getState(), 124)).toBe('41 % · Lookalike');
  patch(store, 'training', { phase: 'idle' });
  expect(pageTitle(store.getState(), 300)).toBe('Lookalike');
});
