import type { Database } from '../src/database/connection';
import { type EmbeddingHead, readEmbeddings } from '../src/database/embeddings';
import { fitRefinement, type Refined, refineRows, sampleToFit } from '../src/evaluate/refine/refinement';

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
  let sample: Int32Array = new Int32Array();
  let taken = new Float32Array();
  let filled = 0;
  const take = (part: Float32Array, first: number, { count, dim }: EmbeddingHead): void => {
    if (first === 0) {
      sample = sampleToFit(count);
      taken = new Float32Array(sample.length * dim);
    }
    for (; sample[filled] < first + part.length / dim; filled++)
      taken.set(part.subarray((sample[filled] - first) * dim, (sample[filled] - first + 1) * dim), filled * dim);
  };
  let refined: Refined | null = null;
  const refine = (part: Float32Array, first: number, { count, dim }: EmbeddingHead): void => {
    const refinement = refined?.refinement ?? fitRefinement({ values: taken, count: sample.length, dim });
    const { dims } = refinement;
    refined ??= { values: new Float32Array(count * dims), count, dim: dims, refinement };
    refined.values.set(refineRows(refinement, { values: part, count: part.length / dim, dim }).values, first * dims);
  };
  const head = await readEmbeddings(db, dataset, run, take, refine);
  return head && refined && { head, refined };
}
