import { isBundled, type RunConfig } from '../../src/core/config';
import { pretrainedNamed, pretrainedRun } from '../../src/core/pretrained';
import type { Dataset, EmbeddingTable } from '../../src/core/records';
import { loadEmbeddings } from '../../src/database/embeddings';
import { mutualNeighbours } from '../../src/evaluate/refine/mutual_neighbours';
import { refined } from '../../src/evaluate/refine/refinement';
import { type MutualNeighbours, NOBODY } from '../../src/learn/neighbours';
import { qualityLabels } from '../evaluator/encoder_quality';
import type { Context } from './context';
import { bundled, ensureForeign, given } from './pretrained';
import type { Task } from './task';

/** Embeds and measures the pictures with the network that a run starts from, as it is, unless that is stored: what the run is measured against, and where neighbours are looked for. */
export async function startingTable(
  context: Context,
  dataset: Dataset,
  { start, recipe }: RunConfig,
  task: Task,
): Promise<EmbeddingTable | null> {
  if (!start) return null;
  const network = isBundled(start)
    ? bundled(pretrainedNamed(start.bundled), `${context.networks}${start.bundled}`)
    : given(start);
  // Without labels only views tell the run from it.
  const views = (await qualityLabels(context.db, dataset.id)) ? null : recipe;
  await ensureForeign(context, dataset, network, views, task);
  return loadEmbeddings(context.db, dataset.id, pretrainedRun(isBundled(start) ? start.bundled : start.name));
}

/** The mutual nearest neighbours of each picture in the refined embedding of a table, none of them set aside. */
export function neighboursOf(
  { values, count, dim }: EmbeddingTable,
  k: number,
  setAside: readonly number[] = [],
): MutualNeighbours {
  const hidden = new Set(setAside);
  const rows = refined(values, count, dim);
  const lists = new Int32Array(count * k).fill(NOBODY);
  mutualNeighbours(rows.values, count, rows.dim, k).forEach((list, row) => {
    lists.set(
      list.filter((other) => !hidden.has(other)),
      row * k,
    );
  });
  return { k, lists };
}
