import type { Database } from '../src/database/connection';
import { type EmbeddingHead, embeddingsHead, embeddingsVersion, readEmbeddings } from '../src/database/embeddings';
import { loadRefined } from '../src/database/maps';
import { fitRefinement, type Refined, refineRows, sampleToFit } from '../src/evaluate/refine/refinement';
import { rowPicker } from './stored_rows';

export interface RefinedEmbeddings {
  head: EmbeddingHead;
  refined: Refined;
}

/**
 * The newest embeddings of an encoder, refined: as they were kept, else computed. Null: there are none.
 * @throws Fault 'data' when they are damaged
 */
export async function readRefined(db: Database, dataset: string, run: string): Promise<RefinedEmbeddings | null> {
  return (await keptRefined(db, dataset, run)).found ?? (await computeRefined(db, dataset, run));
}

/** What is kept of the newest version of an encoder's embeddings. */
export async function keptRefined(db: Database, dataset: string, run: string) {
  const head = await embeddingsHead(db, dataset, run);
  const version = await embeddingsVersion(db, dataset, run);
  const refined = version && ((await loadRefined(db, { dataset, run, version })) as Refined | null);
  return { version, found: head && refined ? { head, refined } : null };
}

/** They are never held whole, but read twice: once for the rows that the refinement is fitted to. */
export async function computeRefined(db: Database, dataset: string, run: string): Promise<RefinedEmbeddings | null> {
  const sample = rowPicker(sampleToFit);
  let refined: Refined | null = null;
  const refine = (part: Float32Array, first: number, { count, dim }: EmbeddingHead): void => {
    const refinement = refined?.refinement ?? fitRefinement(sample.rows());
    const { dims } = refinement;
    refined ??= { values: new Float32Array(count * dims), count, dim: dims, refinement };
    refined.values.set(refineRows(refinement, { values: part, count: part.length / dim, dim }).values, first * dims);
  };
  const head = await readEmbeddings(db, dataset, run, sample.take, refine);
  return head && refined && { head, refined };
}
