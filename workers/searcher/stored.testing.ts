import type { EmbeddingTable } from '../../src/core/records';
import { refined } from '../../src/evaluate/refine/refinement';

/** A database of tables that counts how often values are read. */
export function stored(...tables: Partial<EmbeddingTable>[]) {
  const base = { dataset: 'd', run: 'r', step: 10, count: 3, dim: 2, about: 'this run' };
  const all = tables.map((table) => ({ ...base, values: Float32Array.of(1, 0, 0, 1, 3, 1), ...table }));
  const find = (dataset: string, run: string) => all.find((table) => table.dataset === dataset && table.run === run);
  const reads = {
    all,
    loads: 0,
    aside: [] as number[],
    kept: null as { version: string; map: Float32Array } | null,
    state: async (dataset: string, run: string) => stateOf(find(dataset, run)),
    map: async () => reads.kept,
    keepMap: async ({ version }: { version: string }, map: Float32Array) => {
      reads.kept = { version, map };
    },
    setAside: async () => reads.aside,
    load,
    refined: async (dataset: string, run: string) => {
      const head = await load(dataset, run);
      return head && { head, refined: refined(head.values, head.count, head.dim) };
    },
  };
  async function load(dataset: string, run: string): Promise<EmbeddingTable | null> {
    reads.loads++;
    const table = find(dataset, run);
    return table ? { ...table, values: table.values.slice() } : null; // as a database gives copies
  }
  return reads;
}
const stateOf = (table: EmbeddingTable | undefined) =>
  table ? { version: `${table.step} ${table.about}`, count: table.count } : null;
