import type { RepresentationReport } from '../../../src/core/interpretation';
import { componentsFor } from '../../../src/core/pca';
import { EXPLAINED, pooledBackbone, type Representation, representationWords } from '../../../src/core/representation';
import { VIEWED } from '../../../src/core/training_cost';
import { readDataset } from '../../../src/database/datasets';
import { saveEmbeddings } from '../../../src/database/embeddings';
import { putRun } from '../../../src/database/runs';
import { fitPca } from '../../../src/evaluate/pca';
import { qualityCurve } from '../../../src/evaluate/quality_curve';
import { fitReduction } from '../../../src/evaluate/reduce';
import { type Evaluated, evaluateEmbedding } from '../../../src/evaluate/summary';
import type { InferenceEncoder } from '../../../src/learn/inference_encoder';
import type { InterpretationRequest } from '../../../src/protocol/interpretation';
import type { Context } from '../context';
import { folderNumbers } from '../evaluate';
import { evenRows } from '../measured';
import type { Task } from '../task';
import { openedWords, openStored } from './represented';

const sameTap = (a: Representation, b: Representation): boolean => a.layer === b.layer && a.pooling === b.pooling;

/** All pictures and the frozen views of some that were not removed, in the numbers of one layer. */
async function embedded(
  task: Task,
  encoder: InferenceEncoder,
  tap: Representation,
  removed?: readonly number[],
): Promise<Evaluated> {
  const { source } = encoder;
  const embedder = await encoder.embedder(tap);
  try {
    const { dim } = embedder;
    const [all, viewed] = [evenRows(source.count, source.count), evenRows(source.count, VIEWED, removed)];
    const views = (view: 0 | 1) =>
      task.inParts(viewed, dim, 'Embedding views', (part) => embedder.embedViews(part, view));
    return {
      values: await task.embed(embedder, source, all, 'Embedding the pictures'),
      count: all.length,
      dim,
      viewA: await views(0),
      viewB: await views(1),
      recipe: embedder.recipe,
    };
  } finally {
    embedder.dispose();
  }
}

/**
 * Embeds the data set in a run's chosen representation and stores that as the run's embedding, for all that reads it:
 * search, tests, export. The page is told what it is worth beside the pooled backbone.
 * @throws Fault('config') for more dimensions than there are, or parts of what is negative
 */
export async function representRun(
  context: Context,
  task: Task,
  { run: id, representation }: InterpretationRequest<'represent'>,
): Promise<RepresentationReport> {
  const opened = await openStored(context, id, 'represented');
  const { encoder, run, step } = opened;
  try {
    const dataset = await readDataset(context.db, run.dataset);
    const { neighbourFinder } = context;
    const known = { labels: dataset ? await folderNumbers(context.db, dataset.id) : null, neighbourFinder };
    const standardTap = pooledBackbone(run.config.backbone);
    const layer = { ...(await embedded(task, encoder, representation, dataset?.removed)), ...known };
    const standard = sameTap(representation, standardTap)
      ? layer
      : { ...(await embedded(task, encoder, standardTap, dataset?.removed)), ...known };
    await task.pause();
    task.say('Finding principal components');
    const pca = fitPca(layer);
    const { reduction } = representation;
    const reduced = await task.finish(fitReduction(layer, reduction, pca), 'Reducing the embeddings');
    const chosen: Evaluated = {
      ...layer,
      dim: reduced.dim,
      values: reduced.apply(layer.values),
      viewA: layer.viewA && reduced.apply(layer.viewA),
      viewB: layer.viewB && reduced.apply(layer.viewB),
    };
    const whiten = reduction.kind === 'pca' && reduction.whiten;
    const curve = await task.finish(qualityCurve(layer, pca, whiten), 'Measuring quality against dimensions');
    const isStandard = JSON.stringify(representation) === JSON.stringify(standardTap);
    const { representation: _, ...bare } = run;
    const kept = isStandard ? bare : { ...bare, representation };
    const { values, count, dim } = chosen;
    const about = openedWords({ ...opened, run: kept, representation }, dim);
    await putRun(context.db, kept);
    // A run that was cut off may have left embeddings of a later step than its checkpoint: nobody asked for those.
    await saveEmbeddings(
      context.db,
      { dataset: run.dataset, run: id, step, count, dim, values, about },
      { whatever: true },
    );
    context.page.send({ type: 'run', run: kept });
    context.page.send({ type: 'embedded', dataset: run.dataset, run: id, step });
    return {
      run: id,
      representation,
      words: representationWords(representation, run.config.backbone, dim),
      dim,
      layerDim: layer.dim,
      explained: [...pca.explained],
      enough: componentsFor(pca, EXPLAINED),
      curve,
      standard: await evaluateEmbedding(standard),
      chosen: await evaluateEmbedding(chosen),
    };
  } finally {
    encoder.dispose();
  }
}
