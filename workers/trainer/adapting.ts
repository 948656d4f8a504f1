import { isBundled, type RunConfig } from '../../src/core/config';
import { pretrainedNamed } from '../../src/core/pretrained';
import type { Dataset } from '../../src/core/records';
import { mutualNeighbours } from '../../src/evaluate/refine/mutual_neighbours';
import { shownRows } from '../../src/evaluate/shown';
import { type MutualNeighbours, NOBODY } from '../../src/learn/neighbours';
import { qualityLabels } from '../evaluator/encoder_quality';
import { readRefined } from '../refined_embeddings';
import type { Context } from './context';
import { bundled, ensureForeign, given } from './pretrained';
import type { Task } from './task';

/** Embeds and measures the pictures with the network that a run starts from, as it is, unless that is stored. Returns its id. */
async function embedStart(
  context: Context,
  dataset: Dataset,
  { start, recipe }: RunConfig,
  task: Task,
): Promise<string | null> {
  if (!start) return null;
  const network = isBundled(start)
    ? bundled(pretrainedNamed(start.bundled), `${context.networks}${start.bundled}`)
    : given(start);
  // Without labels only views tell the run from it.
  const views = (await qualityLabels(context.db, dataset.id)) ? null : recipe;
  await ensureForeign(context, dataset, network, views, task);
  return network.run;
}

/**
 * What the run is measured against, and where a fresh one looks for neighbours: of each picture the mutual nearest ones in
 * the refined embedding of what it starts from, none of them set aside. Null where the run has none.
 */
export async function startingNeighbours(
  context: Context,
  dataset: Dataset,
  config: RunConfig,
  fresh: boolean,
  task: Task,
): Promise<MutualNeighbours | null> {
  const k = config.neighbours;
  if (k === 0 && !isBundled(config.start)) return null;
  const start = await embedStart(context, dataset, config, task);
  const rows = start !== null && k > 0 && fresh ? await readRefined(context.db, dataset.id, start) : null;
  if (!rows) return null;
  const { count } = rows.head;
  const lists = new Int32Array(count * k).fill(NOBODY);
  const { numbers, made } = shownRows(rows.refined, new Set(dataset.setAside?.filter((row) => row < count)));
  const work = mutualNeighbours(made, k);
  const mutual = await task.finish(work, 'Looking for the nearest neighbours of each picture');
  for (const [place, list] of mutual.entries())
    lists.set(
      list.map((other) => numbers[other]),
      numbers[place] * k,
    );
  return { k, lists };
}
