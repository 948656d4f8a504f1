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
    expect(quality && standingWords(quality, inception.id)).toBe(
      'Better than InceptionV3 by 2.3 points of mAP@R so far',
    );
  });

  test('without labels goes by views of one recipe, and says nothing beside another', () => {
    const baseline = (recipe: 'natural' | 'product'): Evaluation => ({
      of: 'untrained encoder',
      step: 0,
      measures: [measure('two-view R@1', 0.5, recipe)],
    });
    const run = [at(9, measure('two-view R@1', 0.4, 'product'))];
    const alike = qualityOf(run, [baseline('product')], []);
    expect(alike && standingWords(alike, null)).toBe(
      'Not better than Untrained yet (two-view R@1 40.0 % against 50.0 %)',
    );
    const other = qualityOf(run, [baseline('natural')], []);
    expect(other?.baselines).toEqual([]);
    expect(other && standingWords(other, null)).toBe(null);
  });

  test('is not known before the first evaluation', () => {
    expect(qualityOf([], [], [])).toBe(null);
  });
});
