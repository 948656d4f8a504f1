import { describe, expect, it } from 'vitest';
import { run } from '../../page/fakeParts.testing';
import type { TrainingSlice } from '../store/slices';
import { emptyTraining } from '../store/store';
import { epochs, leftAtWords, stateWords, stepWords } from './trainingWords';

const words = (fields: Partial<TrainingSlice>): string => stateWords({ ...emptyTraining, ...fields });

describe('the words for a run', () => {
  it('say that a run is under way only where this tab holds it', () => {
    expect(words({ run: run(), lock: 'held' })).toBe('Training');
    expect(words({ run: run({ status: 'paused' }), lock: 'held' })).toBe('Paused');
    expect(words({ run: run(), lock: 'free' })).toBe('Interrupted');
    for (const status of ['running', 'paused'] as const) {
      expect(words({ run: run({ status }), lock: 'elsewhere' })).toBe('Training in another tab');
    }
    expect(words({ run: run({ status: 'finished' }) })).toBe('Finished');
    expect(words({ asked: true, run: run({ status: 'finished' }) })).toBe('Getting ready');
    expect(words({})).toBe('Not trained yet');
  });

  it('call a pause that was followed by a reload a pause, and what broke off interrupted', () => {
    const paused = run({ status: 'paused', step: 120 });
    expect(words({ run: paused, unfinished: paused })).toBe('Paused');
    expect(leftAtWords(paused)).toMatch(/^Paused at step 120/);
    for (const cutOff of [run({ step: 120 }), run({ status: 'paused', reason: 'The device was lost.', step: 120 })]) {
      expect(words({ run: cutOff, unfinished: cutOff })).toBe('Interrupted');
      expect(leftAtWords(cutOff)).toMatch(/^Interrupted at step 120/);
    }
  });

  it('count steps to an end where there is one', () => {
    const open = run();
    expect(stepWords({ ...open, config: { ...open.config, steps: 1500 } }, 1200)).toBe('step 1,200 of 1,500');
    expect(stepWords({ ...open, config: { ...open.config, steps: null } }, 1200)).toBe('step 1,200');
    expect(epochs({ ...open, config: { ...open.config, batch: 32 } }, 25, 400)).toBe(2);
  });
});
