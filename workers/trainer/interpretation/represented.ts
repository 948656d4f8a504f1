import { count } from '../../../src/core/amounts';
import type { StartFile } from '../../../src/core/config';
import { Fault } from '../../../src/core/fault';
import { pretrainedNamed } from '../../../src/core/pretrained';
import type { Run } from '../../../src/core/records';
import { pooledBackbone, type Representation, representationWords } from '../../../src/core/representation';
import { seenBy } from '../../../src/core/seen';
import { loadCheckpoint } from '../../../src/database/checkpoints';
import { readDataset } from '../../../src/database/datasets';
import { readRun } from '../../../src/database/runs';
import { fitReduction, type Reduced } from '../../../src/evaluate/reduce';
import type { EmbedsFrom } from '../../../src/learn/embed';
import { type InferenceEncoder, storedEncoder } from '../../../src/learn/inference_encoder';
import { pretrainedEncoder } from '../../../src/learn/pretrained';
import { untrainedEncoder } from '../../../src/learn/untrained';
import type { Whose } from '../../../src/protocol/interpretation';
import type { Context } from '../context';
import { evenRows } from '../measured';
import { bundled, givenTo } from '../pretrained';
import type { Task } from '../task';
import { fetchWeights, keptWeights } from '../weights';

/** An encoder at rest with its weights in the executor. */
export interface Opened {
  encoder: InferenceEncoder;
  /** null: the untrained one, or a network that was trained elsewhere. */
  run: Run | null;
  /** Of a network that was trained elsewhere. */
  title?: string;
  step: number;
  side: number;
  representation: Representation;
}

/**
 * Opens the encoder of a stored run as of its newest checkpoint.
 * @param owner of its variables; no two that are open at the same time may share one
 * @throws Fault('data') when the run has no checkpoint
 */
export async function openStored(context: Context, id: string, owner: string): Promise<Opened & { run: Run }> {
  const { executor, db } = context;
  const run = await readRun(db, id);
  const checkpoint = run && (await loadCheckpoint(db, id));
  if (!run || !checkpoint)
    throw new Fault('data', 'This run has no checkpoint to look into.', 'Train it for a few seconds first.');
  const { config } = run;
  const { side, margin } = seenBy(config);
  const source = await context.source(run.dataset, side, margin);
  const encoder = storedEncoder(executor, config, checkpoint.variables, source, owner);
  const representation = run.representation ?? pooledBackbone(config.backbone);
  return { encoder, run, step: checkpoint.step, side, representation };
}

/** Opens the encoder of a stored run, a network that was trained elsewhere, or the untrained encoder. */
export async function openWhose(context: Context, whose: Whose, owner: string): Promise<Opened> {
  const { dataset, run, encoder: config, side, seed } = whose;
  if (whose.network || whose.weights) return openForeign(context, whose);
  if (run !== null) return openStored(context, run, owner);
  const source = await context.source(dataset, side);
  const encoder = await untrainedEncoder(context.executor, config, { side, seed }, source, { owner });
  return { encoder, run, step: 0, side, representation: pooledBackbone(config.backbone) };
}

/** Opens a network that was trained elsewhere: it sees of a picture what it saw when it embedded the data set. */
async function openForeign(context: Context, { dataset, network, weights: file }: Whose): Promise<Opened> {
  const { db, executor } = context;
  const record = await readDataset(db, dataset);
  if (!record || (!network && !file)) throw new Fault('data', 'This collection is gone.', 'Reload the page.');
  const named = network && pretrainedNamed(network.name);
  const foreign = named ? bundled(named, network.address) : await givenTo(context, dataset, file as StartFile);
  const [{ side, margin }, weights] = await Promise.all([
    foreign.sees(context, record),
    named ? fetchWeights(network.address, named) : keptWeights(db, file as StartFile),
  ]);
  const source = await context.source(dataset, side, margin);
  const encoder = pretrainedEncoder(executor, weights, source, { side, recipe: 'natural' }); // no views are asked for
  const representation = pooledBackbone(weights.encoder.backbone);
  return { encoder, run: null, title: foreign.title, step: 0, side, representation };
}

export function openedWords({ run, title, step, representation }: Opened, dim: number): string {
  if (!run) return title ?? 'the untrained encoder';
  const at = `this run at step ${count(step)}`;
  return run.representation ? `${at}: ${representationWords(representation, run.config.backbone, dim)}` : at;
}

/** The reduction of an opened encoder's representation, fitted to the data set; the one fitted last is kept. */
export async function reducedOf(
  context: Context,
  task: Task,
  { encoder, run, step, representation }: Opened,
): Promise<Reduced | null> {
  const { reduction } = representation;
  if (reduction.kind === 'none') return null;
  const key = JSON.stringify([run?.id, step, representation]);
  if (context.reduced?.key === key) return context.reduced.reduced;
  const embedder = await encoder.embedder(representation);
  try {
    const { source } = encoder;
    const rows = evenRows(source.count, source.count);
    const values = await task.embed(embedder, source, rows, 'Embedding the pictures to reduce what they give');
    const fit = fitReduction({ values, count: rows.length, dim: embedder.dim }, reduction);
    const reduced = await task.finish(fit, 'Reducing the embeddings');
    context.reduced = { key, reduced };
    return reduced;
  } finally {
    embedder.dispose();
  }
}

export function reducing(embedder: EmbedsFrom, reduced: Reduced | null): EmbedsFrom {
  if (!reduced) return embedder;
  return {
    dim: reduced.dim,
    recipe: embedder.recipe,
    embed: async (rows, onProgress) => reduced.apply(await embedder.embed(rows, onProgress)),
    embedFrom: async (source, rows, onProgress) => reduced.apply(await embedder.embedFrom(source, rows, onProgress)),
    embedViews: async (rows, view, onProgress) => reduced.apply(await embedder.embedViews(rows, view, onProgress)),
  };
}
