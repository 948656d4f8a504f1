import { describe, expect, it } from 'vitest';
import { knnAccuracy } from './knn';
import { labelledRows } from './labels';
import { CosineIndex } from './nearest';
import { recallAt1 } from './recall';

/** `each` rows a class, all on the axis of their class, slightly apart. */
function clusters(classCount: number, each: number): { values: Float32Array; labels: Int32Array; dim: number } {
  const labels = Int32Array.from({ length: classCount * each }, (_, i) => i % classCount);
  const values = new Float32Array(labels.length * classCount);
  for (const [row, label] of labels.entries()) {
    values[row * classCount + label] = 1;
    values[row * classCount + ((label + 1) % classCount)] = 0.01 * (row / labels.length);
  }
  return { values, labels, dim: classCount };
}

const evaluated = (values: Float32Array, labels: Int32Array, dim: number) => {
  const labelled = labelledRows(labels)!;
  const nearest = new CosineIndex(values, labels.length, dim).nearestOfRows(labelled.queries, labelled.k);
  return [recallAt1(nearest, labelled), knnAccuracy(nearest, labelled)];
};

describe('measures with labels', () => {
  it('are 1 for perfect clusters', () => {
    const { values, labels, dim } = clusters(4, 10);
    expect(evaluated(values, labels, dim).map(({ value }) => value)).toEqual([1, 1]);
  });

  it('are 0 when every picture lies with those of the other class', () => {
    // Each direction holds two of class 0 and one of class 1, or the reverse; the lone one asks in vain.
    const labels = Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1);
    const values = new Float32Array(8 * 4);
    for (let row = 0; row < 8; row++) values[row * 4 + (row >> 1)] = 1;
    expect(evaluated(values, labels, 4)[0].value).toBe(0);
  });

  it('are at chance when labels have nothing to do with the rows', () => {
    const count = 2000;
    const labels = Int32Array.from({ length: count }, (_, i) => i % 4);
    const values = Float32Array.from({ length: count * 8 }, (_, i) => Math.sin(i * i * 0.7 + i));
    for (const { value } of evaluated(values, labels, 8)) expect(Math.abs(value - 0.25)).toBeLessThan(0.04); // 4 errors
  });

  it('let a near neighbour outvote two far ones', () => {
    // Row 0 of class 0: one neighbour of its class at cosine ~1, two of class 1 at ~.7; exp(10) > 2 exp(7).
    const values = Float32Array.of(1, 0, 1, 0.01, 1, 1, 1, -1, -1, 0, -1, 0.1, -1, 0.2, -1, 0.3);
    const labels = Int32Array.of(0, 0, 1, 1, 0, 0, 1, 1);
    const labelled = { ...labelledRows(labels)!, k: 3 };
    const nearest = new CosineIndex(values, 8, 2).nearestOfRows(Int32Array.of(0), 3);
    expect([...nearest.rows]).toEqual([1, 2, 3]);
    expect(knnAccuracy(nearest, labelled).value).toBe(1);
  });
});

describe('labelled rows', () => {
  const sizes = (...of: number[]) => Int32Array.from(of.flatMap((size, label) => Array<number>(size).fill(label)));

  it('ask only pictures that find three others of their label, and let half of what the fewest find vote', () => {
    // Class 0: one unit of 3 and 3 alone; class 1: one unit of 4 and 1 alone; class 2: 10 alone.
    const units = Int32Array.of(0, 0, 0, 1, 2, 3, 4, 4, 4, 4, 5, ...Array.from({ length: 10 }, (_, i) => 6 + i));
    const labelled = labelledRows(sizes(6, 5, 10), units)!;
    expect([...labelled.wanted]).toEqual([3, 3, 3, 5, 5, 5, 1, 1, 1, 1, 4, ...Array(10).fill(9)]);
    expect([...labelled.queries]).toEqual([0, 1, 2, 3, 4, 5, ...Array.from({ length: 11 }, (_, i) => 10 + i)]);
    expect(labelled.k).toBe(2);
    expect(labelled.leftOut).toContain('4 that find fewer than 3 of their label ask nothing');
    expect(
      labelledRows(
        sizes(6, 6),
        Int32Array.from({ length: 12 }, (_, i) => Math.floor(i / 6)),
      ),
    ).toBe(null);
  });

  it('let half the smallest class of four and more vote, at most 20, at most 200 from 10,000 pictures on', () => {
    expect(labelledRows(sizes(4, 9))?.k).toBe(2);
    expect(labelledRows(sizes(3, 14, 20))?.k).toBe(7);
    expect(labelledRows(sizes(500, 500))?.k).toBe(20);
    expect(labelledRows(sizes(5000, 5000))?.k).toBe(200);
    expect(labelledRows(sizes(9900, 100))?.k).toBe(50);
  });

  it('say whom they leave out', () => {
    const labelled = labelledRows(Int32Array.of(0, 0, 0, 0, -1, 1, 1, 1, 1, 2))!;
    expect([...labelled.rows]).toEqual([0, 1, 2, 3, 5, 6, 7, 8, 9]);
    expect([...labelled.classes]).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2]);
    expect([...labelled.queries]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(labelled.leftOut).toBe(' (1 in classes of fewer than 4 ask nothing; 1 without a label left out)');
  });

  it('are none without two classes to tell apart', () => {
    expect(labelledRows(sizes(100))).toBe(null);
    expect(labelledRows(sizes(3, 3, 9))).toBe(null);
    expect(labelledRows(new Int32Array(0))).toBe(null);
    expect(labelledRows(new Int32Array(9).fill(-1))).toBe(null);
  });
});
