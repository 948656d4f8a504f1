import { describe, expect, it } from 'vitest';
import { run } from '../../page/fakeParts.testing';
import type { TrainingSlice } from '../store/slices';
import { emptyTraining } from '../store/store';
import { leftAtWords, stateWords, stepWords } from './trainingWords';

const words = (fields: Partial<TrainingSlice>): string => stateWords({ ...emptyTraining, ...fields });

describe('the words for a run', () => {
  it('say what the session is at, and of a run that nobody trains what became of it', () => {
    const finished = run({ status: 'finished' });
    expect(words({ run: finished })).toBe('Finished');
    expect(words({ run: finished, session: { is: 'preparing' } })).toBe('Getting ready');
    expect(words({ run: run(), session: { is: 'training', coolingDown: false } })).toBe('Training');
    expect(words({ run: run(), session: { is: 'elsewhere' } })).toBe('Training in another tab');
    expect(words({})).toBe('Not trained yet');
  });

  it('call a pause that was followed by a reload paused, not interrupted', () => {
    const paused = run({ status: 'paused' });
    expect(words({ run: paused, session: { is: 'interrupted', why: 'paused' } })).toBe('Paused');
    expect(words({ run: run(), session: { is: 'interrupted', why: 'cut off' } })).toBe('Interrupted');
    expect(leftAtWords(run({ status: 'paused', step: 120 }))).toMatch(/^Paused at step 120/);
    for (const cutOff of [run({ step: 120 }), run({ status: 'paused', reason: 'The device was lost.', step: 120 })])
      expect(leftAtWords(cutOff)).toMatch(/^Interrupted at step 120/);
  });

  it('count steps to an end where there is one', () => {
    const open = run();
    expect(stepWords({ ...open, config: { ...open.config, steps: 1500 } }, 1200)).toBe('step 1,200 of 1,500');
    expect(stepWords({ ...open, config: { ...open.config, steps: null } }, 1200)).toBe('step 1,200');
  });
});
