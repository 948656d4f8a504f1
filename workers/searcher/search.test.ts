import { describe, expect, it } from 'vitest';
import { COMPARED } from '../../src/core/compared';
import { likeRow, type Query } from '../../src/core/query';
import { Draws } from '../../src/core/random';
import { SEARCH_VIEW } from '../../src/core/search_view';
import { CosineIndex } from '../../src/evaluate/nearest';
import { ReciprocalIndex } from '../../src/evaluate/refine/reciprocal';
import { refined } from '../../src/evaluate/refine/refinement';
import { finish } from '../../src/evaluate/work';
import { Prepared } from './prepared';
import { EmbeddingSearch } from './search';
import { stored } from './stored.testing';

const asking = (encoder: string, query: Query, count: number, view = SEARCH_VIEW) => ({
  dataset: 'd',
  encoder,
  query,
  count,
  view,
});

describe('the searching thread', () => {
  it('finds the nearest others, and says in whose embeddings of which step', async () => {
    const answer = await new EmbeddingSearch(stored({})).nearest(asking('r', likeRow(0), 5));
    expect(answer?.neighbours.map(({ row }) => row)).toEqual([2, 1]);
    expect(answer?.neighbours[0].similarity).toBeCloseTo(3 / Math.sqrt(10), 6);
    expect(answer).toMatchObject({ row: 0, encoder: 'r', step: 10, about: 'this run' });
  });

  it('holds of a large collection the refined embeddings alone, and reads the others when they are asked for', async () => {
    const [count, dim] = [COMPARED + 1, 6];
    const draws = new Draws({ seed: 1, purpose: 'sample' });
    const values = Float32Array.from({ length: count * dim }, () => draws.normal());
    const reads = stored({ count, dim, values });
    const search = new EmbeddingSearch(reads);
    const found = await search.nearest(asking('r', likeRow(7), 12));
    const whole = finish(new Prepared({ values: values.slice(), count, dim }).nearest(likeRow(7), 12, SEARCH_VIEW));
    expect(found?.neighbours.map(({ row }) => row)).toEqual(whole.neighbours.map(({ row }) => row));
    for (const [i, { similarity }] of whole.neighbours.entries())
      expect(found?.neighbours[i].similarity).toBeCloseTo(similarity, 5);
    expect(found?.fresh).toEqual({ refined: null, grouped: 0 });
    const outside = [{ vector: values.slice(dim, 2 * dim), unlike: false }];
    expect((await search.nearest(asking('r', outside, 1)))?.neighbours[0].row).toBe(1);
    expect(reads.loads).toBe(1);

    const plain = { ...SEARCH_VIEW, refined: false };
    const nearest = await search.nearest(asking('r', likeRow(7), 12, plain));
    expect(nearest?.neighbours).toEqual(new CosineIndex(values, count, dim).nearest(7, 12));
    await search.nearest(asking('r', likeRow(7), 12));
    expect(reads.loads).toBe(2);
  });

  it('finds nothing that is set aside', async () => {
    const reads = stored({});
    const search = new EmbeddingSearch(reads);
    const of = { dataset: 'd', encoder: 'r', view: SEARCH_VIEW };
    expect(await search.diverse({ ...of, count: 3 })).toHaveLength(3);
    reads.aside = [2, 7];
    const answer = await search.nearest({ ...of, query: likeRow(0), count: 1 });
    expect(answer).toMatchObject({ neighbours: [{ row: 1 }], among: 2 });
    expect((await search.diverse({ ...of, count: 3 }))?.sort()).toEqual([0, 1]);
    expect((await search.duplicates(of, async () => undefined))?.first).toHaveLength(0);
  });

  it('reads embeddings once, and again only when others are stored', async () => {
    const reads = stored({});
    const search = new EmbeddingSearch(reads);
    for (const row of [0, 1, 2]) await search.nearest(asking('r', likeRow(row), 2));
    expect(reads.loads).toBe(1);
    reads.all[0] = { ...reads.all[0], step: 20, values: Float32Array.of(1, 0, 1, 0.1, -1, 0) };
    const answer = await search.nearest(asking('r', likeRow(0), 1));
    expect(answer).toMatchObject({ step: 20, neighbours: [{ row: 1 }] });
    expect(reads.loads).toBe(2);
  });

  it('has them ready for the first question once it was asked to prepare', async () => {
    const reads = stored({});
    const search = new EmbeddingSearch(reads);
    await search.prepare(asking('r', likeRow(0), 1));
    expect(reads.loads).toBe(1);
    await search.nearest(asking('r', likeRow(0), 1));
    expect(reads.loads).toBe(1);
  });

  it('notices that the untrained encoder is another one, though its step is 0 as before', async () => {
    const reads = stored({ run: 'untrained', step: 0, about: 'resnet8' });
    const search = new EmbeddingSearch(reads);
    expect((await search.nearest(asking('untrained', likeRow(0), 1)))?.about).toBe('resnet8');
    reads.all[0] = { ...reads.all[0], about: 'resnet18' };
    expect((await search.nearest(asking('untrained', likeRow(0), 1)))?.about).toBe('resnet18');
  });

  it('keeps a run and the untrained encoder side by side', async () => {
    const reads = stored({}, { run: 'untrained' });
    const search = new EmbeddingSearch(reads);
    for (const run of ['r', 'untrained', 'r', 'untrained']) await search.nearest(asking(run, likeRow(1), 1));
    expect(reads.loads).toBe(2);
  });

  it('has no answer without embeddings, nor for a picture that they do not hold, nor after they were deleted', async () => {
    const reads = stored({});
    const search = new EmbeddingSearch(reads);
    expect(await search.nearest(asking('untrained', likeRow(0), 5))).toBe(null);
    expect(await search.nearest(asking('r', likeRow(3), 5))).toBe(null);
    expect(await search.nearest(asking('r', likeRow(0), 5))).not.toBe(null);
    reads.all.length = 0;
    expect(await search.nearest(asking('r', likeRow(0), 5))).toBe(null);
  });

  describe('by a view', () => {
    const [count, dim] = [60, 12];
    const draws = new Draws({ seed: 1, purpose: 'sample' });
    const values = Float32Array.from({ length: count * dim }, () => Math.abs(draws.normal()));
    const table = { count, dim, values };
    const better = refined(values, count, dim);
    const search = new EmbeddingSearch(stored(table));
    const ask = async (view: { refined: boolean; grouped: boolean }) =>
      (await search.nearest(asking('r', likeRow(5), 8, view)))!;
    const rows = (found: readonly { row: number }[]) => found.map(({ row }) => row);
    const strict = new CosineIndex(better.values, count, better.dim).nearest(5, 8);
    const plain = new CosineIndex(values, count, dim).nearest(5, 8);

    it('is that of the plain, the refined or the re-ranked embeddings, and says which', async () => {
      const [as, by, grouped] = [
        await ask({ refined: false, grouped: false }),
        await ask(SEARCH_VIEW),
        await ask({ refined: true, grouped: true }),
      ];
      expect([as.about, by.about, grouped.about]).toEqual([
        'this run',
        'this run, refined',
        'this run, refined, look-alikes grouped',
      ]);
      expect(rows(as.neighbours)).toEqual(rows(plain));
      expect(rows(by.neighbours)).toEqual(rows(strict));
      expect(by.neighbours[0].similarity).toBeCloseTo(strict[0].similarity, 4);
      expect(rows(grouped.neighbours)).toEqual(rows(new ReciprocalIndex(better).nearest(5, 8)));
    });

    it('goes on grouping where a search that was given up had left off', () => {
      const values = Float32Array.from({ length: 6000 * dim }, () => draws.normal());
      const many = new Prepared({ values, count: 6000, dim });
      const begin = () => many.nearest(likeRow(5), 8, { refined: false, grouped: true });
      const [first, second] = [begin(), begin()];
      const shares = [first.next(), first.next(), second.next()].map(({ value }) => value as number);
      expect(shares).toEqual([...new Set(shares)].toSorted((one, other) => one - other));
      expect(finish(second).neighbours.length).toBe(8);
    });

    it('finds a picture from outside by its embedding, of any length, as if it were in the data set', async () => {
      const vector = values.slice(5 * dim, 6 * dim).map((value) => 3 * value);
      for (const view of [{ refined: false, grouped: false }, SEARCH_VIEW]) {
        const answer = await search.nearest(asking('r', [{ vector, unlike: false }], 9, view));
        const [first, ...others] = answer!.neighbours;
        expect(first.row).toBe(5);
        expect(first.similarity).toBeCloseTo(1, 5);
        expect(rows(others)).toEqual(rows((await ask(view)).neighbours));
      }
      const other = { vector: Float32Array.of(1), unlike: false };
      expect(await search.nearest(asking('r', [other], 9))).toBe(null);
    });

    it('leaves out the examples, and what is unlike one comes before what is like it', async () => {
      const query = [
        { rows: [5, 6], unlike: false },
        { rows: [7], unlike: true },
      ];
      const all = (await search.nearest(asking('r', query, count)))!.neighbours;
      expect(rows(all).sort((a, b) => a - b)).toEqual(
        Array.from({ length: count }, (_, i) => i).filter((i) => i < 5 || i > 7),
      );
      const without = (await search.nearest(asking('r', query.slice(0, 1), count)))!.neighbours;
      const nearest = (await search.nearest(asking('r', likeRow(7), 1)))!.neighbours[0].row;
      expect(rows(all).indexOf(nearest)).toBeGreaterThan(rows(without).indexOf(nearest));
      expect((await search.nearest(asking('r', query, 3, { refined: true, grouped: true })))?.about).toBe(
        'this run, refined',
      );
    });

    it('counts what each switch has brought in', async () => {
      const news = (found: readonly { row: number }[], before: readonly { row: number }[]) =>
        rows(found).filter((row) => !rows(before).includes(row)).length;
      expect((await ask({ refined: false, grouped: false })).fresh).toEqual({ refined: 0, grouped: 0 });
      const { fresh, neighbours } = await ask({ refined: true, grouped: true });
      expect(fresh).toEqual({ refined: news(strict, plain), grouped: news(neighbours, strict) });
      expect(fresh.refined).toBeGreaterThan(0);
    });
  });
});
