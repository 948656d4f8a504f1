import { describe, expect, it } from 'vitest';
import { sortedRows } from '../../core/comparison/sort';
import { type ComparisonRow, type ComparisonTable, UNTRAINED_ROW } from '../../core/comparison/table';
import type { History } from '../../core/records';
import { overlaid, pointsOver, qualityOverTime, relativeLoss, secondsAt } from './curves';

const history = (loss: number[], rate = 10): History => ({
  run: 'run',
  steps: {
    loss: Float32Array.from(loss),
    learningRate: new Float32Array(loss.length),
    imagesPerSecond: new Float32Array(loss.length).fill(rate),
  },
  evaluations: [0, 2].map((step) => ({ of: 'run', step, measures: [{ name: 'kNN', value: step / 4, protocol: '' }] })),
  probes: [],
});

describe('curves of several runs', () => {
  it('count the seconds of their steps', () => {
    expect([...secondsAt(history([1, 1, 1], 8), 16)]).toEqual([2, 4, 6]);
    expect(qualityOverTime(history([1, 1, 1], 8), 16, 'kNN')).toEqual({ x: [0, 4], y: [0, 0.5] });
    expect(qualityOverTime(history([1]), 16, 'R@1')).toEqual({ x: [], y: [] });
  });

  it('hold what was asked of the newest frozen views alone', () => {
    const evaluations = ([undefined, 'natural', 'natural'] as const).map((recipe, i) => ({
      ...{ of: 'run' as const, step: i },
      measures: [{ name: 'two-view R@1' as const, value: i / 4, protocol: '', recipe }],
    }));
    const run = { ...history([1, 1, 1], 8), evaluations };
    expect(qualityOverTime(run, 16, 'two-view R@1')).toEqual({ x: [2, 4], y: [0.25, 0.5] });
  });

  it('are one at their highest, whatever the scale of the loss', () => {
    expect(relativeLoss(history([8, 4, 2]))).toEqual({ x: [1, 2, 3], y: [1, 0.5, 0.25] });
    expect(relativeLoss(history([4, 4, 8, 8, 2]), 3)).toEqual({ x: [2, 4, 5], y: [0.5, 1, 0.25] });
    expect(relativeLoss(history([]))).toEqual({ x: [], y: [] });
  });

  it('stand over one x, straight between their own points and nowhere else', () => {
    const [x, first, second] = overlaid([
      { x: [0, 4], y: [0, 1] },
      { x: [1, 6], y: [5, 10] },
    ]);
    expect([...x]).toEqual([0, 1, 4, 6]);
    expect(first).toEqual([0, 0.25, 1, null]);
    expect(second).toEqual([null, 5, 8, 10]);
  });

  it('that were measured here and there stand at these points alone', () => {
    const [x, first, second] = pointsOver([
      { x: [0, 4], y: [0, 1] },
      { x: [1, 4, 6], y: [5, 7, 10] },
    ]);
    expect([...x]).toEqual([0, 1, 4, 6]);
    expect(first).toEqual([0, null, 1, null]);
    expect(second).toEqual([null, 5, 7, 10]);
  });
});

describe('rows of a comparison', () => {
  const row = (name: string, value: number | null): ComparisonRow => ({
    ...{ id: name, name, baseline: false, ...UNTRAINED_ROW },
    cells: [value === null ? null : { value, best: false, level: false }],
  });
  const table: ComparisonTable = {
    columns: [{ measure: 'kNN', protocol: '' }],
    rows: [row('c', 0.1), row('a', null), row('b', 0.3)],
  };

  it.each([
    [0, true, 'bca'],
    [0, false, 'cba'],
    ['name', false, 'abc'],
    ['batch', true, 'cab'],
  ] as const)('are put in order by %s, what is not known last', (key, down, order) => {
    expect(
      sortedRows(table, key, down)
        .map(({ name }) => name)
        .join(''),
    ).toBe(order);
  });
});
