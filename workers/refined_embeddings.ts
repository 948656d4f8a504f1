import type { Database } from '../src/database/connection';
import { type EmbeddingHead, readEmbeddings } from '../src/database/embeddings';
import { fitRefinement, type Refined, refineRows, sampleToFit } from '../src/evaluate/refine/refinement';
import { rowPicker } from './stored_rows';

/**
 * The newest embeddings of an encoder, refined, without ever holding them whole: they are read twice, once for the rows that
 * the refinement is fitted to. Null: not computed yet.
 * @throws Fault 'data' when they are damaged
 */
export async function readRefined(
  db: Database,
  dataset: string,
  run: string,
): Promise<{ head: EmbeddingHead; refined: Refined } | null> {
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
