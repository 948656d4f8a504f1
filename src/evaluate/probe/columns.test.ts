import { describe, expect, it } from 'vitest';
import { Fault } from '../../core/fault';
import { Draws } from '../../core/random';
import { scoreOf } from '../scores/scores';
import { finish } from '../work';
import { classProbe } from './class_probe';
import { probeFeatures } from './features';
import { numberProbe } from './number_probe';

const draws = new Draws({ seed: 8, purpose: 'sample' });
const [count, dim] = [120, 5];
/** Column 0 holds the class, column 1 a number, the rest nothing. */
const classes = Array.from({ length: count }, (_, i) => 'abc'[i % 3]);
const numbers = Array.from({ length: count }, () => draws.normal());
const values = Float32Array.from({ length: count * dim }, (_, at) => {
  const [i, j] = [Math.floor(at / dim), at % dim];
  return draws.normal() / 5 + (j === 0 ? 'abc'.indexOf(classes[i]) * 3 : j === 1 ? numbers[i] : 0);
});
const rows = { values, count, dim };

describe('the probe of a number column', () => {
  it('finds what is there: R2 is 1 - noise / all, MAE the mean of the errors it lists', () => {
    const found = finish(numberProbe(rows, { kind: 'number', name: 'x', values: numbers }));
    const [explained, error] = found.measures.map(({ measure }) => measure);
    expect(explained.value).toBeGreaterThan(0.93); // 1 - .04 / 1.04
    expect(explained.value).toBeLessThan(0.98);
    const total = found.targets.reduce((sum, target, i) => sum + Math.abs(target - found.predicted[i]), 0);
    expect(error.value).toBeCloseTo(total / count, 12);
    for (const { value, interval } of [explained, error]) {
      expect(interval?.low).toBeLessThan(value);
      expect(interval?.high).toBeGreaterThan(value);
    }
    expect(explained.column).toBe('x');
    expect(explained.protocol).toMatch(
      /^Ridge regression .* 120 pictures.* 5 folds, seed 0\. Interval: .* 120 queries\.$/,
    );
  });

  it('finds nothing where nothing is: R2 is not above 0', () => {
    const noise = numbers.map(() => draws.normal());
    const { measures } = finish(numberProbe(rows, { kind: 'number', name: 'noise', values: noise }));
    expect(measures[0].measure.value).toBeLessThan(0.02);
    expect(measures[0].measure.interval?.low).toBeLessThan(0);
  });

  it('leaves out pictures without a number, and needs two', () => {
    const some = numbers.map((value, i) => (i % 2 ? value : null));
    const found = finish(numberProbe(rows, { kind: 'number', name: 'x', values: some }));
    expect([...found.rows]).toEqual(numbers.flatMap((_, i) => (i % 2 ? [i] : [])));
    const one = numbers.map((value, i) => (i === 3 ? value : null));
    expect(() => finish(numberProbe(rows, { kind: 'number', name: 'x', values: one }))).toThrow(Fault);
  });
});

describe('the probe of a class column', () => {
  const partial = classes.map((name, i) => (i % 10 === 9 ? null : i < 3 ? 'rare' : name));
  const found = finish(classProbe(rows, { kind: 'class', name: 'kind', values: partial }));

  it('tells clean classes, rare ones and pictures without a label left out', () => {
    expect(found.predictions.names).toEqual(['a', 'b', 'c']);
    expect(found.predictions.rows.length).toBe(count - 12 - 3);
    expect(found.measures[0].measure).toMatchObject({ name: 'probe top-1', column: 'kind', value: 1 });
  });

  it('says what each picture was taken for, by which its measures are', () => {
    const shuffled = partial.map((name, i) => (i % 4 === 0 && name ? 'abc'[(i + 1) % 3] : name));
    const { predictions, measures } = finish(classProbe(rows, { kind: 'class', name: 'kind', values: shuffled }));
    const { rows: tested, truth, predicted } = predictions;
    for (const [i, row] of tested.entries()) expect(shuffled[row]).toBe('abc'[truth[i]]);
    const right = Float64Array.from(truth, (one, i) => Number(one === predicted[i]));
    const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b) / values.length;
    expect(measures[0].measure.value).toBeCloseTo(mean(right), 12);
    const recalls = [0, 1, 2].map((c) => mean(right.filter((_, i) => truth[i] === c)));
    expect(scoreOf(measures[1].scores)).toBeCloseTo(mean(recalls), 12);
  });

  it('refuses a column with a single class', () => {
    expect(() => finish(classProbe(rows, { kind: 'class', name: 'kind', values: classes.map(() => 'a') }))).toThrow(
      'Nothing to tell apart in "kind"',
    );
  });
});

describe('the features of a probe', () => {
  it('of wide embeddings are a rotation, which loses nothing where the rows span fewer directions', () => {
    // 595 columns that never vary: the probe of the five that do, up to who takes part in their deviations.
    const wide = { values: new Float32Array(count * 600), count, dim: 600 };
    for (let row = 0; row < count; row++) wide.values.set(values.subarray(row * dim, (row + 1) * dim), row * 600 + 40);
    const features = probeFeatures(wide);
    expect([features.rows.dim, features.scaling]).toEqual([dim, 'as they are']);
    expect(features.words).toBe(' (the first 5 principal components of 600 columns)');
    const [narrow, broad] = [rows, wide].map((of) =>
      finish(numberProbe(of, { kind: 'number', name: 'x', values: numbers })),
    );
    for (let i = 0; i < count; i++) expect(Math.abs(broad.predicted[i] - narrow.predicted[i])).toBeLessThan(0.02);
    expect(broad.measures[0].measure.protocol).toContain('principal components');
  });
});
