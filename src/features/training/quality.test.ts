import { describe, expect, test } from 'vitest';
import type { Evaluation, Measure } from '../../core/records';
import { qualityOf, standingWords } from './quality';

const measure = (name: Measure['name'], value: number, recipe?: 'natural' | 'product'): Measure => ({
  name,
  value,
  protocol: '',
  ...(recipe && { recipe }),
});
const at = (step: number, ...measures: Measure[]): Evaluation => ({ of: 'run', step, measures });
const inception = { id: 'pretrained inception-v3', kind: 'bundled', name: 'InceptionV3' } as const;

describe('quality over the steps', () => {
  test('goes by mAP@R beside every encoder that is no run, the best first', () => {
    const quality = qualityOf(
      [at(40, measure('kNN', 0.4), measure('mAP@R', 0.25)), at(80, measure('mAP@R', 0.3))],
      [{ of: 'raw pixels', step: 0, measures: [measure('kNN', 0.2)] }],
      [
        { id: 'untrained', kind: 'untrained', name: 'Untrained encoder', measures: [measure('mAP@R', 0.1)] },
        { ...inception, measures: [measure('mAP@R', 0.277)] },
        { id: 'other', kind: 'run', name: 'MoCo v2', measures: [measure('mAP@R', 0.9)] },
      ],
      inception.id,
    );
    expect(quality?.points).toEqual([
      { step: 0, value: 0.277 },
      { step: 40, value: 0.25 },
      { step: 80, value: 0.3 },
    ]);
    expect(quality?.baselines.map(({ name }) => name)).toEqual(['InceptionV3', 'Untrained']);
  });

  test('without labels goes by views of one recipe, and shows none of another', () => {
    const baseline = (recipe: 'natural' | 'product'): Evaluation => ({
      of: 'untrained encoder',
      step: 0,
      measures: [measure('two-view R@1', 0.5, recipe)],
    });
    const run = [at(9, measure('two-view R@1', 0.4, 'product'))];
    const alike = qualityOf(run, [baseline('product')], []);
    expect(alike?.baselines.map(({ name }) => name)).toEqual(['Untrained']);
    const other = qualityOf(run, [baseline('natural')], []);
    expect(other?.baselines).toEqual([]);
  });

  test('is not known before the first evaluation', () => {
    expect(qualityOf([], [], [])).toBe(null);
  });
});

describe('the standing of a run', () => {
  const inUse = { ...inception, measures: [{ ...measure('mAP@R', 0.26), interval: { low: 0.22, high: 0.3 } }] };
  const standing = (value: number, half: number, from: string = inception.id) =>
    standingWords(
      {
        ...at(40, { ...measure('mAP@R', 0.26 + value), interval: { low: 0.22 + value, high: 0.3 + value } }),
        difference: { from, value, interval: { low: value - half, high: value + half }, queries: 99, units: 99 },
      },
      inUse,
    );

  test('is better or worse only where the paired interval does not hold zero', () => {
    expect(standing(0.009, 0.02)).toBe('No clear difference from InceptionV3 so far');
    expect(standing(0.023, 0.02)).toBe('Better than InceptionV3 by 2.3 points of mAP@R so far');
    expect(standing(-0.023, 0.02)).toBe('Worse than InceptionV3 by 2.3 points of mAP@R so far');
  });

  test('goes by intervals that do not meet where differences are from another encoder, and claims nothing without measures', () => {
    expect(standing(0.023, 0.02, 'other')).toBe('No clear difference from InceptionV3 so far');
    expect(standing(0.09, 0.2, 'other')).toBe('Better than InceptionV3 so far');
    expect(standingWords(at(40), inUse)).toBe(null);
  });
});
