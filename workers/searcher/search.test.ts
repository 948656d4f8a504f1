import { describe, expect, it } from 'vitest';
import type { EmbeddingTable } from '../../src/core/records';
import { EmbeddingSearch } from './search';

/** A database of tables that counts how often values are read. */
function stored(...tables: Partial<EmbeddingTable>[]) {
  const base = { dataset: 'd', run: 'r', step: 10, count: 3, dim: 2, about: 'this run' };
  const all = tables.map((table) => ({ ...base, values: Float32Array.of(1, 0, 0, 1, 3, 1), ...table }));
  const find = (dataset: string, run: string) => all.find((table) => table.dataset === dataset && table.run === run);
  const reads = { all, loads: 0, version: async (dataset: string, run: string) => versionOf(find(dataset, run)), load };
  async function load(dataset: string, run: string): Promise<EmbeddingTable | null> {
    reads.loads++;
    const table = find(dataset, run);
    return table ? { ...table, values: table.values.slice() } : null; // as a database gives copies
  }
  return reads;
}
const versionOf = (table: EmbeddingTable | undefined): string | null => (table ? `${table.step} ${table.about}` : null);

describe('the searching thread', () => {
  it('finds the nearest others, and says in whose embeddings of which step', async () => {
    const answer = await new EmbeddingSearch(stored({})).nearest('d', 'r', 0, 5);
    expect(answer?.neighbours.map(({ row }) => row)).toEqual([2, 1]);
    expect(answer?.neighbours[0].similarity).toBeCloseTo(3 / Math.sqrt(10), 6);
    expect(answer).toMatchObject({ row: 0, run: 'r', step: 10, about: 'this run' });
  });

  it('reads embeddings once, and again only when others are stored', async () => {
    const reads = stored({});
    const search = new EmbeddingSearch(reads);
    for (const row of [0, 1, 2]) await search.nearest('d', 'r', row, 2);
    expect(reads.loads).toBe(1);
    reads.all[0] = { ...reads.all[0], step: 20, values: Float32Array.of(1, 0, 1, 0.1, -1, 0) };
    const answer = await search.nearest('d', 'r', 0, 1);
    expect(answer).toMatchObject({ step: 20, neighbours: [{ row: 1 }] });
    expect(reads.loads).toBe(2);
  });

  it('notices that the untrained encoder is another one, though its step is 0 as before', async () => {
    const reads = stored({ run: 'untrained', step: 0, about: 'resnet8' });
    const search = new EmbeddingSearch(reads);
    expect((await search.nearest('d', null, 0, 1))?.about).toBe('resnet8');
    reads.all[0] = { ...reads.all[0], about: 'resnet18' };
    expect((await search.nearest('d', null, 0, 1))?.about).toBe('resnet18');
  });

  it('keeps a run and the untrained encoder side by side', async () => {
    const reads = stored({}, { run: 'untrained' });
    const search = new EmbeddingSearch(reads);
    for (const run of ['r', null, 'r', null]) await search.nearest('d', run, 1, 1);
    expect(reads.loads).toBe(2);
  });

  it('has no answer without embeddings, nor for a picture that they do not hold, nor after they were deleted', async () => {
    const reads = stored({});
    const search = new EmbeddingSearch(reads);
    expect(await search.nearest('d', null, 0, 5)).toBe(null);
    expect(await search.nearest('d', 'r', 3, 5)).toBe(null);
    expect(await search.nearest('d', 'r', 0, 5)).not.toBe(null);
    reads.all.length = 0;
    expect(await search.nearest('d', 'r', 0, 5)).toBe(null);
  });
});
