import { describe, expect, it } from 'vitest';
import type { RecordedPerformance } from '../../../core/performance';
import { kernelLines, stepShape, timedWords, untimedWords } from './performanceWords';

const kernels = (...times: number[]) =>
  times.map((time, i) => ({ label: `k${i}`, launches: 2, milliseconds: time, flops: 0 }));
const recorded = (fields: Partial<RecordedPerformance> = {}): RecordedPerformance => ({
  dispatches: 72,
  submits: 1,
  bytesMoved: 1e6,
  flops: 6e9,
  features: [{ name: 'timestamp-query', offered: true, used: true, why: '' }],
  timedSteps: 0,
  kernels: null,
  ...fields,
});

describe('the kernels of a step', () => {
  it('stand the longest first, with shares of one', () => {
    const lines = kernelLines(kernels(1, 6, 3));
    expect(lines.map(({ label, share }) => [label, share])).toEqual([
      ['k1', 0.6],
      ['k2', 0.3],
      ['k0', 0.1],
    ]);
    expect(timedWords(1, lines)).toBe('One timed step: 10.0 ms on the device.');
    expect(timedWords(4, lines)).toBe('Mean of 4 timed steps: 10.0 ms on the device.');
  });

  it('are no more than eleven lines, and nothing of the time is lost', () => {
    const lines = kernelLines(kernels(...Array.from({ length: 30 }, (_, i) => i)));
    expect(lines).toHaveLength(11);
    expect(lines[10]).toMatchObject({ label: '20 others', launches: 40, milliseconds: 190 });
    expect(lines.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    expect(kernelLines(kernels(...new Array<number>(11).fill(1)))).toHaveLength(11);
    expect(kernelLines(kernels(0)).map(({ share }) => share)).toEqual([0]);
  });
});

describe('the words for speed', () => {
  it('tell the kernels of a step and their time', () => {
    expect(stepShape(recorded())).toBe('72 kernels in 1 submit');
    expect(stepShape(recorded({ submits: 0 }))).toBe('72 kernels');
  });

  it('say why no kernel was timed', () => {
    expect(untimedWords(null, true)).toMatch('TensorFlow.js runs them');
    const blind = { name: 'timestamp-query', offered: false, used: false, why: '' } as const;
    expect(untimedWords(recorded({ features: [blind] }), true)).toMatch('keeps no time');
    expect(untimedWords(recorded({ features: [] }), true)).toMatch('still to come');
    expect(untimedWords(recorded(), true)).toMatch('still to come');
    expect(untimedWords(recorded(), false)).toMatch('too short');
  });
});
