import { describe, expect, it } from 'vitest';
import { Draws } from '../../core/random';
import { knnAccuracy } from '../knn';
import { type LabelledRows, labelledRows } from '../labels';
import { CosineIndex } from '../nearest';
import { recallAt1, recallScores } from '../recall';
import { pickRows } from '../rows';
import { allRows } from '../sample';
import { scoreOf } from '../scores/scores';
import { finish } from '../work';
import { type Classed, fewShot } from './few_shot';
import { averagePrecisionScores, retrievalMeasures } from './retrieval';

const draws = new Draws({ seed: 6, purpose: 'sample' });
const [count, dim] = [90, 8];
const labels = Int32Array.from({ length: count }, (_, i) => (i % 11 === 10 ? -1 : i % 3));
const noisy = (signal: number) => ({
  values: Float32Array.from({ length: count * dim }, (_, at) => {
    const [i, j] = [Math.floor(at / dim), at % dim];
    return draws.normal() + (labels[i] === j ? signal : 0);
  }),
  count,
  dim,
});

describe('retrieval', () => {
  const labelled = labelledRows(labels)!;

  it('is that of a plain loop over a full sort', () => {
    const rows = noisy(1.5);
    const cosine = (a: number, b: number) => {
      const [x, y] = [a, b].map((row) => rows.values.subarray(row * dim, (row + 1) * dim));
      const dot = (p: Float32Array, q: Float32Array) => p.reduce((sum, value, i) => sum + value * q[i], 0);
      return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
    };
    const known = [...allRows(count)].filter((row) => labels[row] >= 0);
    const expected = known.map((query) => {
      const others = known.filter((row) => row !== query).sort((a, b) => cosine(query, b) - cosine(query, a));
      const relevant = others.map((row) => labels[row] === labels[query]);
      const wanted = relevant.filter(Boolean).length;
      let precision = 0;
      for (let place = 0; place < wanted; place++)
        if (relevant[place]) precision += relevant.slice(0, place + 1).filter(Boolean).length / (place + 1);
      return [...[1, 5, 10].map((k) => (relevant.slice(0, k).some(Boolean) ? 1 : 0)), precision / wanted];
    });
    const [vote, ...found] = finish(retrievalMeasures(rows, labelled, 'kind'));
    const bank = pickRows(rows, labelled.rows);
    const nearest = new CosineIndex(bank.values, bank.count, dim).nearestOfRows(labelled.queries, labelled.k);
    expect(vote.measure).toMatchObject({ name: 'kNN', column: 'kind', value: knnAccuracy(nearest, labelled).value });
    expect(found.map(({ measure }) => measure.name)).toEqual(['R@1', 'R@5', 'R@10', 'mAP@R']);
    for (const [i, { scores, measure }] of found.entries()) {
      expect([...scores.rows]).toEqual(known);
      expect(measure.value).toBeCloseTo(expected.reduce((sum, one) => sum + one[i], 0) / known.length, 12);
    }
  });

  it('at one neighbour is the measure that training shows', () => {
    const rows = noisy(1);
    const few = labelledRows(labels.subarray(0, 60))!;
    const known = pickRows(rows, few.rows).values;
    const nearest = new CosineIndex(known, few.rows.length, dim).nearestOfRows(few.queries, 3);
    expect(scoreOf(recallScores(nearest, few, 1))).toBe(recallAt1(nearest, few).value);
  });

  it('by average precision is 1 for clusters, and (1 + 2/3 + ...) / R in a known order', () => {
    const classes = Int32Array.of(0, 0, 1, 0, 1, 1, 1, 0);
    // On a half circle the query, row 0, sees the others in order: 0 1 0 1 1 1 0; R = 3, hits at places 1 and 3.
    const values = Float32Array.from({ length: 16 }, (_, at) =>
      at % 2 ? Math.sin((at >> 1) / 3) : Math.cos((at >> 1) / 3),
    );
    const known = labelledRows(classes)!;
    const nearest = new CosineIndex(values, 8, 2).nearestOfRows(Int32Array.of(0), 7);
    expect(scoreOf(averagePrecisionScores(nearest, known))).toBeCloseTo((1 + 2 / 3) / 3, 12);
    const sure = finish(retrievalMeasures(noisy(1000), labelled, 'kind'));
    expect(sure.map(({ measure }) => measure.value)).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('pictures that are kept together', () => {
  // Noise in exact pairs: a picture's twin, of its label, would be its nearest.
  const twins = noisy(0);
  const labels = Int32Array.from({ length: count }, (_, i) => (i >> 1) % 3);
  const units = Int32Array.from({ length: count }, (_, i) => i >> 1);
  for (let row = 0; row < count; row += 2) twins.values.copyWithin((row + 1) * dim, row * dim, (row + 1) * dim);
  const values = (of?: Int32Array, rows = twins, classes = labels) =>
    finish(
      retrievalMeasures({ ...rows, values: rows.values.slice() }, labelledRows(classes, of) as LabelledRows, 'kind', {
        units: of,
      }),
    ).map(({ measure }) => measure);

  it('neither vote for each other nor count as found', () => {
    const [leaking, kept] = [values(), values(units)];
    expect(leaking.find(({ name }) => name === 'R@1')?.value).toBe(1);
    for (const [i, { name, value }] of kept.entries()) {
      expect(value, name).toBeLessThan(leaking[i].value);
      if (name === 'R@1' || name === 'kNN') expect(Math.abs(value - 1 / 3)).toBeLessThan(0.15); // chance
    }
    expect(kept[0].protocol).toContain('no picture finds those of its own unit');
    expect(leaking[0].protocol).not.toContain('unit');
  });

  it('are for all others as many pictures as they are: R counts what can be found', () => {
    const sure = noisy(1000);
    const classes = Int32Array.from({ length: count }, (_, i) => (i % 11 === 10 ? -1 : i % 3));
    expect(values(units, sure, classes).map(({ value }) => value)).toEqual([1, 1, 1, 1, 1]);
  });

  it('change nothing where each stands alone', () => {
    const alone = Int32Array.from({ length: count }, (_, i) => i);
    expect(values(alone)).toEqual(values());
  });
});

describe('few-shot accuracy', () => {
  const classed: Classed = {
    rows: Int32Array.from({ length: count }, (_, i) => i),
    classes: Int32Array.from({ length: count }, (_, i) => i % 3),
    names: ['a', 'b', 'c'],
  };
  const rows = (signal: number) => ({
    values: Float32Array.from({ length: count * dim }, (_, at) =>
      Math.floor(at / dim) % 3 === at % dim ? signal + draws.normal() : draws.normal(),
    ),
    count,
    dim,
  });
  const accuracy = (signal: number, shots: number) =>
    finish(fewShot(rows(signal), classed, shots, 'kind'))!.measure.value;

  it('is 1 where classes are apart, chance where they are not, and better with more labels', () => {
    expect(accuracy(1000, 1)).toBe(1);
    expect(Math.abs(accuracy(0, 5) - 1 / 3)).toBeLessThan(0.1);
    expect(accuracy(1.5, 20)).toBeGreaterThan(accuracy(1.5, 1) + 0.1);
  });

  it('is the same each time, and needs more pictures than labels', () => {
    const fixed = rows(1);
    const take = () => finish(fewShot(fixed, classed, 5, 'kind'));
    expect(take()).toEqual(take());
    expect(finish(fewShot(fixed, classed, 30, 'kind'))).toBeNull();
    expect(take()?.measure.protocol).toContain('5 labelled pictures a class');
  });

  it('asks no picture that is kept together with a labelled one', () => {
    // Noise, but rows come in exact pairs of one unit: a pair's other half would always be right with one label.
    const twins = rows(0);
    for (let row = 0; row < count; row += 6)
      for (let of = 0; of < 3; of++)
        twins.values.copyWithin((row + 3 + of) * dim, (row + of) * dim, (row + of + 1) * dim);
    const units = Int32Array.from({ length: count }, (_, i) => Math.floor(i / 6) * 3 + (i % 3));
    const [leaking, kept] = [undefined, units].map(
      (of) => finish(fewShot(twins, classed, 1, 'kind', { units: of }))!.measure.value,
    );
    expect(leaking).toBeGreaterThan(kept);
  });
});
