import { count as grouped } from '../../src/core/amounts';
import { isResnet, type RecipeName, type StartFile } from '../../src/core/config';
import { isPretrained, type Pretrained, type PretrainedRun, pretrainedRun } from '../../src/core/pretrained';
import type { Dataset, Evaluation } from '../../src/core/records';
import { wholeSide } from '../../src/core/seen';
import { VIEWED } from '../../src/core/training_cost';
import {
  checkedEmbeddings,
  embeddingsHead,
  listBaselines,
  loadBaselines,
  saveBaselines,
} from '../../src/database/embeddings';
import { GrowingEmbeddings } from '../../src/database/growing_embeddings';
import { createProcessorExecutor } from '../../src/engine/processor/executor';
import { evaluateEmbedding } from '../../src/evaluate/summary';
import type { Embeds, EmbedsFrom, ViewSettings } from '../../src/learn/embed';
import { openPretrained } from '../../src/learn/pretrained';
import type { PixelSource } from '../../src/learn/source';
import type { Context } from './context';
import { embedRest } from './embedding';
import { readMeasured, twoViews } from './evaluate';
import { evenRows } from './measured';
import { preparing } from './preparing';
import type { Task } from './task';
import { fetchWeights, keptWeights } from './weights';

/** Pixels of a side that a network sees of squares of `margin` times as much. */
interface Seen {
  side: number;
  margin: number;
}

/** A network that was trained elsewhere, as data sets are embedded with it. */
interface Foreign {
  /** The run under which its embeddings are stored, which is also what its evaluation is of. */
  run: PretrainedRun;
  title: string;
  /** What is said while it embeds, where its name says nothing to the user. */
  words?: string;
  /** What embeds, and how it sees a picture: what was embedded otherwise is not its own. */
  about(side: number): string;
  sees(context: Context, dataset: Dataset): Promise<Seen>;
  open(context: Context, source: PixelSource, looks: ViewSettings): Promise<Embeds & { dispose(): void }>;
}

const wholeOf = ({ storedSide }: Dataset) => ({ side: wholeSide(storedSide), margin: 1 });

/** A network that comes with the page: it sees whole pictures. */
export const bundled = (network: Pretrained, address: string): Foreign => ({
  run: pretrainedRun(network.name),
  title: network.title,
  about: (side) => `${network.title}, layer ${network.layer}, whole pictures at ${side} px`,
  sees: async (_, dataset) => wholeOf(dataset),
  open: (context, source, looks) => openBundled(context, network, address, source, looks),
});

/** Loads a network that comes with the page, to embed with it. */
export async function openBundled(
  { device, executor, phase }: Context,
  network: Pretrained,
  address: string,
  source: PixelSource,
  looks: ViewSettings,
): Promise<EmbedsFrom & { dispose(): void }> {
  phase('loading', `Loading ${network.title}`);
  const weights = await fetchWeights(address, network);
  if (!device.software) return openPretrained(executor, weights, source, looks);
  // A processor that imitates a graphics card is slower than WebAssembly.
  const own = await createProcessorExecutor();
  const embedder = await openPretrained(own, weights, source, looks).catch((cause: unknown) => {
    own.dispose();
    throw cause;
  });
  return { ...embedder, dispose: () => own.dispose() };
}

/** Loads weights that the user gave, to embed with them. */
export const openGiven = async (
  { executor, db }: Context,
  file: StartFile,
  source: PixelSource,
  looks: ViewSettings,
): Promise<EmbedsFrom & { dispose(): void }> => openPretrained(executor, await keptWeights(db, file), source, looks);

/** A file of weights that the user gave. `side`: of the views that a ResNet sees, else what the file says, else the largest that are stored. */
export const given = (file: StartFile, side?: number): Foreign => ({
  run: pretrainedRun(file.name),
  title: file.name,
  about: () => `the weights ${file.name}, as they are${side === undefined ? '' : `, at ${side} px`}`,
  sees: async ({ db }, dataset) => {
    const { encoder, side: trained } = await keptWeights(db, file);
    if (!isResnet(encoder.backbone)) return wholeOf(dataset);
    return { side: side ?? trained ?? Math.floor(dataset.storedSide / 1.25), margin: 1.25 };
  },
  open: (context, source, looks) => openGiven(context, file, source, looks),
});

/** The same as it embedded a data set before: at which side, those embeddings say. */
export async function givenTo({ db }: Pick<Context, 'db'>, dataset: string, file: StartFile): Promise<Foreign> {
  const stored = await embeddingsHead(db, dataset, pretrainedRun(file.name));
  const side = /, at (\d+) px$/.exec(stored?.about ?? '')?.[1];
  return given(file, side === undefined ? undefined : Number(side));
}

/** Evaluations were once of a network's title; now they are of the run they are stored under. */
const named = (evaluation: Evaluation, run: PretrainedRun): Evaluation => ({ ...evaluation, of: run });

/**
 * Embeds the data set with a foreign network, from where it was left, and measures it, unless that is stored.
 * @param recipe of two views of some pictures, embedded too, that evaluate it as every run is evaluated (`evaluationRecipe`); null:
 * only what the embeddings themselves tell
 * @throws the task's reason when it is ended: what was embedded until then is stored
 */
export async function ensureForeign(
  context: Context,
  dataset: Dataset,
  network: Foreign,
  recipe: RecipeName | null,
  task: Task,
): Promise<void> {
  const { run } = network;
  const { db, page } = context;
  const seen = await network.sees(context, dataset);
  const stored = await checkedEmbeddings(db, dataset.id, run);
  const usable = stored !== null && stored !== 'damaged' && stored.about === network.about(seen.side);
  const begun = usable && stored.count <= dataset.count ? stored.count : 0;
  const [known] = (await loadBaselines(db, dataset.id, run)) ?? [];
  const measured = recipe === null || known?.measures.some((measure) => measure.recipe === recipe);
  const current = known && measured && begun === dataset.count;
  const evaluation = current ? named(known, run) : await measure(context, dataset, network, seen, recipe, begun, task);
  page.send({ type: 'evaluation', dataset: dataset.id, run, evaluation });
  page.send({ type: 'embedded', dataset: dataset.id, run, step: 0 });
}

/** Embeds the first pictures of a data set while others come in, so that they can be searched; not one that was embedded before. */
export async function embedFirst(
  context: Context,
  dataset: Dataset,
  network: Foreign,
  most: number,
  task: Task,
): Promise<void> {
  if (await embeddingsHead(context.db, dataset.id, network.run)) return;
  const seen = await network.sees(context, dataset);
  await embed(context, { ...dataset, count: Math.min(most, dataset.count) }, network, seen, null, 0, task);
}

/** Tells what is stored of foreign networks that were asked for before. */
export async function tellForeign({ db, page }: Context, dataset: string): Promise<void> {
  for (const { key: run, evaluations } of await listBaselines(db, dataset))
    if (isPretrained(run))
      for (const evaluation of evaluations)
        page.send({ type: 'evaluation', dataset, run, evaluation: named(evaluation, run) });
}

async function measure(
  context: Context,
  dataset: Dataset,
  network: Foreign,
  seen: Seen,
  recipe: RecipeName | null,
  begun: number,
  task: Task,
): Promise<Evaluation> {
  const { db, neighbourFinder } = context;
  const { run } = network;
  await task.pause();
  const embedded = begun === dataset.count && recipe === null;
  const views = embedded ? {} : await embed(context, dataset, network, seen, recipe, begun, task);
  const measured = { ...(await readMeasured(db, dataset.id, run)), neighbourFinder, ...views };
  const measures = await evaluateEmbedding(measured, () => task.pause());
  const evaluation = { of: run, step: 0, measures };
  await saveBaselines(db, dataset.id, run, [evaluation]);
  return evaluation;
}

/** Embeds the pictures after the first `begun`, storing what is there every few seconds, and two views of some of them. */
async function embed(
  context: Context,
  dataset: Dataset,
  { run, title, words = `Embedding with ${title}`, about, open }: Foreign,
  { side, margin }: Seen,
  recipe: RecipeName | null,
  begun: number,
  task: Task,
) {
  const { db, page, executor } = context;
  const source = await context.source(dataset.id, side, margin);
  const preparation = { words, say: task.say, check: () => task.check() };
  const embeds = await preparing(executor, preparation, () =>
    open(context, source, { side, recipe: recipe ?? 'natural' }),
  );
  try {
    const whose = { dataset: dataset.id, run, about: about(side), step: 0, dim: embeds.dim };
    const published = (): void => page.send({ type: 'embedded', dataset: dataset.id, run, step: 0 });
    await GrowingEmbeddings.make(db, whose, { goesOn: begun > 0 }, (rows) =>
      embedRest(embeds, rows, { count: dataset.count, words, published }, task),
    );
    if (recipe === null) return {};
    const rows = evenRows(dataset.count, VIEWED, dataset.removed);
    return await twoViews(embeds, rows, (done) => {
      const all = 2 * rows.length;
      task.say(`${words}: ${grouped(done)} of ${grouped(all)} views`, done / all);
      return task.pause();
    });
  } finally {
    embeds.dispose();
  }
}
