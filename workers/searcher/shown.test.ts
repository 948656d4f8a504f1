import { expect, it } from 'vitest';
import { likeRow } from '../../src/core/query';
import { Draws } from '../../src/core/random';
import { EmbeddingSearch } from './search';
import { stored } from './stored.testing';

it('has neighbours, duplicates, odd ones and a map of what is not hidden, as if there were nothing else', async () => {
  const [count, dim, view] = [50, 6, { refined: false, grouped: true }] as const;
  const draws = new Draws({ seed: 3, purpose: 'sample' });
  const values = Float32Array.from({ length: count * dim }, () => draws.normal());
  // As in the place of removed pictures, others stand in the last rows.
  const kept = 30;
  for (let row = kept; row < count; row++) values.copyWithin(row * dim, (row % kept) * dim, ((row % kept) + 1) * dim);
  const [whole, alone] = [
    stored({ count, dim, values }),
    stored({ count: kept, dim, values: values.slice(0, kept * dim) }),
  ];
  const [some, others] = [new EmbeddingSearch(whole), new EmbeddingSearch(alone)];
  const of = { dataset: 'd', encoder: 'r', view };
  const pause = async () => undefined;
  const answers = async (search: EmbeddingSearch) => {
    const labels = Array.from({ length: count }, (_, row) => (row % 3 === 0 ? 'a' : 'b'));
    const found = await search.nearest({ ...of, query: likeRow(4), count: 8 });
    const { first, second } = (await search.duplicates(of, pause))!;
    return {
      neighbours: found?.neighbours.map(({ row }) => row),
      pairs: [first, second],
      odd: (await search.scores({ ...of, of: null }, pause))?.slice(0, kept),
      wrong: await search.mislabelled({ ...of, labels }, pause),
      diverse: await search.diverse({ ...of, count: 5 }),
    };
  };
  const removed = Array.from({ length: count - kept }, (_, i) => kept + i);
  whole.aside = removed;
  const expected = await answers(others);
  expect(await answers(some)).toEqual(expected);
  expect((await some.map(of, pause))?.every(Number.isFinite)).toBe(true);

  // What is hidden later, and shown again.
  whole.aside = [...removed, 4, 7];
  const fewer = await answers(some);
  expect(fewer.pairs.flatMap((rows) => [...rows])).not.toContain(7);
  expect(fewer.odd?.[4]).toBe(0);
  whole.aside = removed;
  expect(await answers(some)).toEqual(expected);
  whole.aside = removed.slice(1);
  const { first, second } = (await some.duplicates(of, pause))!;
  expect([first[0], second[0]].toSorted((a, b) => a - b)).toEqual([0, kept]);
  // Where all that is known of a picture is hidden, others are looked for.
  whole.aside = removed;
  const near = (await some.nearest({ ...of, query: likeRow(4), count: 20 }))!.neighbours.map(({ row }) => row);
  whole.aside = [...removed, ...near];
  expect((await some.scores({ ...of, of: null }, pause))?.[4]).toBeGreaterThan(0.5);
  // The map is of all, whoever is hidden.
  whole.aside = Array.from({ length: count }, (_, row) => row);
  whole.kept = null;
  expect((await some.map(of, pause))?.every(Number.isFinite)).toBe(true);
});
