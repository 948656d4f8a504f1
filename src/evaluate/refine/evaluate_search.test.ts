import { describe, expect, it } from 'vitest';
import { Draws } from '../../core/random';
import { labelledRows } from '../labels';
import { retrievalMeasures } from '../retrieval/retrieval';
import { finish } from '../work';
import { evaluateSearch } from './evaluate_search';
import { refined } from './refinement';

const [count, dim] = [60, 12];
const labels = Int32Array.from({ length: count }, (_, row) => (row % 11 === 10 ? -1 : row % 3));
const features = (signal: number): Float32Array => {
  const draws = new Draws({ seed: 9, purpose: 'sample' });
  return Float32Array.from({ length: count * dim }, (_, at) =>
    Math.abs(draws.normal() + (Math.floor(at / dim) % 3 === at % dim ? signal : 0)),
  );
};
const values = features(1.5);
const measured = (refine: boolean, of = values) =>
  finish(evaluateSearch(of, count, dim, labels, refine)).map(({ measure }) => measure);
const named = (found: { name: string; value: number }[]) => found.map(({ name, value }) => [name, value]);

describe('what a view is worth', () => {
  it('plain and refined are what retrieval measures of those rows', () => {
    const labelled = labelledRows(labels)!;
    const wanted = ['kNN', 'R@1', 'mAP@R'];
    for (const [refine, rows] of [
      [false, { values, count, dim }],
      [true, refined(values, count, dim)],
    ] as const) {
      const right = finish(retrievalMeasures(rows, labelled, 'folder')).map(({ measure }) => measure);
      expect(named(measured(refine))).toEqual(named(right.filter(({ name }) => wanted.includes(name))));
    }
  });

  it('is 1 where classes are apart, and has an interval about it elsewhere', () => {
    expect(measured(false, features(500)).map(({ value }) => value)).toEqual([1, 1, 1]);
    for (const { value, interval } of measured(true)) {
      expect(interval!.low).toBeLessThanOrEqual(value);
      expect(interval!.high).toBeGreaterThanOrEqual(value);
    }
  });

  it('is nothing where labels tell nothing apart', () => {
    const none = new Int32Array(count).fill(-1);
    expect(finish(evaluateSearch(values, count, dim, none, true))).toEqual([]);
  });
});
