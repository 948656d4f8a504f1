import { describe, expect, it } from 'vitest';
import { Draws } from '../core/random';
import { spreadProbes } from './probes';
import { affordableQueries, allRows, sampleRows } from './sample';
import { evaluateEmbedding } from './summary';

const random = (length: number, seed = 1) => {
  const draws = new Draws({ seed, purpose: 'sample' });
  return Float32Array.from({ length }, () => draws.normal());
};
const names = (measures: { name: string }[]) => measures.map(({ name }) => name);

describe('the summary of an embedding', () => {
  const base = { values: random(40 * 8), count: 40, dim: 8 };

  it('holds what is known of the pictures, no more', async () => {
    expect(names(await evaluateEmbedding(base))).toEqual(['uniformity', 'RankMe', 'collapse']);
    const labels = Int32Array.from({ length: 40 }, (_, i) => i % 3);
    const [viewA, viewB] = [random(10 * 8, 2), random(10 * 8, 3)];
    expect(
      names(
        await evaluateEmbedding({
          ...base,
          labels,
          viewA,
          viewB,
          pairs: [
            [0, 1],
            [2, 3],
          ],
        }),
      ),
    ).toEqual([
      ...['two-view R@1', 'alignment', 'R@1', 'kNN', 'partner R@1', 'partner R@1', 'uniformity', 'RankMe', 'collapse'],
    ]);
    expect(names(await evaluateEmbedding({ ...base, labels: new Int32Array(40) }))).toEqual(
      names(await evaluateEmbedding(base)),
    );
    expect(await evaluateEmbedding({ values: random(8), count: 1, dim: 8 })).toEqual([]);
  });

  it('evaluates labelled pictures as if the others were not there', async () => {
    const labels = Int32Array.from({ length: 40 }, (_, i) => (i < 30 ? i % 3 : -1));
    const only = { values: base.values.subarray(0, 30 * 8), count: 30, dim: 8, labels: labels.slice(0, 30) };
    const values = async (of: typeof only) =>
      (await evaluateEmbedding(of)).filter(({ name }) => name === 'R@1' || name === 'kNN').map(({ value }) => value);
    expect(await values({ ...base, labels })).toEqual(await values(only));
  });

  it('never gives a number without its protocol', async () => {
    const labels = Int32Array.from({ length: 40 }, (_, i) => i % 2);
    for (const { value, protocol } of await evaluateEmbedding({
      ...base,
      labels,
      viewA: base.values,
      viewB: base.values,
    })) {
      expect(Number.isFinite(value)).toBe(true);
      expect(protocol).toMatch(/\d.*\.$/);
    }
  });

  it('says by which recipe the frozen views were drawn, of what is asked of them alone', async () => {
    const views = { viewA: base.values, viewB: base.values };
    const found = await evaluateEmbedding({ ...base, ...views, recipe: 'overhead' });
    expect(found.filter(({ recipe }) => recipe === 'overhead').map(({ name }) => name)).toEqual([
      'two-view R@1',
      'alignment',
    ]);
    expect(found[0].protocol).toContain('recipe "overhead"');
  });

  it('says when it asked a sample', async () => {
    const labels = Int32Array.from({ length: 40 }, (_, i) => i % 2);
    const recall = (await evaluateEmbedding({ ...base, labels, queries: 12 })).find(({ name }) => name === 'R@1')!;
    expect(recall.queries).toBe(12);
    expect(recall.protocol).toContain('sampled 12 of 40 queries among 40 pictures of 2 classes');
  });
});

describe('samples', () => {
  it('are drawn without replacement, the same each time, and are everything when that is asked', () => {
    const some = sampleRows(allRows(100), 20, 3);
    expect(new Set(some).size).toBe(20);
    expect(some).toEqual(sampleRows(allRows(100), 20, 3));
    expect(some).not.toEqual(sampleRows(allRows(100), 20, 4));
    expect([...sampleRows(allRows(5), 9)]).toEqual([0, 1, 2, 3, 4]);
  });

  it('bound the work of a measure, and never ask too few', () => {
    expect(affordableQueries(2000, 512)).toBeGreaterThanOrEqual(2000);
    expect(affordableQueries(10_000, 512)).toBeLessThan(1000);
    expect(affordableQueries(1e6, 512)).toBe(256);
  });
});

describe('probe pictures', () => {
  it('come one from each of six far clusters', () => {
    const values = random(60 * 6).map((value, i) => 0.05 * value + (i % 6 === Math.floor(i / 6) % 6 ? 1 : 0));
    const probes = spreadProbes({ values, count: 60, dim: 6 });
    expect(new Set(probes.map((row) => row % 6)).size).toBe(6);
    expect(probes).toEqual(spreadProbes({ values, count: 60, dim: 6 }));
  });

  it('are all pictures when there are no more, each once', () => {
    expect(spreadProbes({ values: new Float32Array(12).fill(1), count: 4, dim: 3 })).toEqual([0, 1, 2, 3]);
    expect(spreadProbes({ values: random(900), count: 300, dim: 3 }).length).toBe(6);
  });
});
