import type { BackendName, RecipeName, StartFile } from '../../src/core/config';
import { Fault } from '../../src/core/fault';
import { isPretrained, type Pretrained, type PretrainedRun, pretrainedRun } from '../../src/core/pretrained';
import type { Dataset, Evaluation } from '../../src/core/records';
import {
  listBaselines,
  loadBaselines,
  loadEmbeddings,
  saveBaselines,
  saveEmbeddings,
} from '../../src/database/embeddings';
import type { FrozenNetwork } from '../../src/engine/tensorflow/frozen';
import type { Embeds, EmbedsFrom, Looks } from '../../src/learn/embed';
import { openFrozenWeights, openPretrained } from '../../src/learn/pretrained';
import type { PixelSource } from '../../src/learn/source';
import type { Context } from './context';
import type { Errand } from './errand';
import { labelNumbers, look } from './judge';
import { preparing } from './preparing';
import { keptWeights } from './weights';

/** @param address of the network's files, without their ending */
async function fetchNetwork(address: string, { title }: Pretrained): Promise<FrozenNetwork> {
  const get = async (ending: string): Promise<Response> => {
    const response = await fetch(`${address}.${ending}`).catch(() => null);
    if (response?.ok) return response;
    throw new Fault('data', `The files of ${title} could not be loaded.`, 'Reload the page while you are online.');
  };
  const [json, bin] = await Promise.all([get('json'), get('bin')]);
  const { modelTopology, weights } = await json.json();
  return { topology: modelTopology, weights, data: await bin.arrayBuffer() };
}

/** A network that was trained elsewhere, as data sets are embedded with it. */
interface Foreign {
  /** The run under which its embeddings are stored, which is also what its evaluation is of. */
  run: PretrainedRun;
  title: string;
  about: string;
  /** With the largest side that the stored pictures allow. */
  open(source: PixelSource, looks: Looks): Promise<Embeds & { dispose(): void }>;
}

/** A network that comes with the page. */
export const bundled = (context: Context, network: Pretrained, address: string): Foreign => ({
  run: pretrainedRun(network.name),
  title: network.title,
  about: `${network.title}, ${network.trainedOn}`,
  open: (source, looks) => openBundled(context, network, address, source, looks),
});

/** Loads a network that comes with the page, to embed with it. */
export async function openBundled(
  { device, phase }: Context,
  network: Pretrained,
  address: string,
  source: PixelSource,
  looks: Looks,
): Promise<EmbedsFrom & { dispose(): void }> {
  phase('loading', `Loading ${network.title}`);
  const files = await fetchNetwork(address, network);
  // A processor that imitates a graphics card is slower than WebAssembly.
  const backend = device.software ? 'wasm' : (device.backend as BackendName);
  return openPretrained(backend, network, files, source, looks);
}

/** Loads weights that the person gave, to embed with them. */
export const openGiven = async (
  { executor, db }: Context,
  file: StartFile,
  source: PixelSource,
  looks: Looks,
): Promise<EmbedsFrom & { dispose(): void }> => openFrozenWeights(executor, await keptWeights(db, file), source, looks);

/** A file of weights that the person gave. */
export const given = (context: Context, file: StartFile): Foreign => ({
  run: pretrainedRun(file.name),
  title: file.name,
  about: `the weights ${file.name}, as they are`,
  open: (source, looks) => openGiven(context, file, source, looks),
});

/** Evaluations were once of a network's title; now they are of the run they are stored under. */
const named = (evaluation: Evaluation, run: PretrainedRun): Evaluation => ({ ...evaluation, of: run });

/**
 * Embeds the data set with a foreign network and measures it as every encoder is, unless that is stored. `recipe`: of
 * the views it is judged by, see `judgedRecipe`.
 * @throws Stopped with nothing stored, when the person has it stopped
 */
export async function ensureForeign(
  context: Context,
  dataset: Dataset,
  network: Foreign,
  recipe: RecipeName,
  errand: Errand,
): Promise<void> {
  const { run } = network;
  const about = `${network.about}, ${recipe} views`;
  const known = await loadBaselines(context.db, dataset.id, run);
  const table = await loadEmbeddings(context.db, dataset.id, run).catch(() => null);
  const current = known?.length === 1 && table?.count === dataset.count && table.about === about;
  const evaluation = current
    ? named(known[0], run)
    : await measure(context, dataset, { ...network, about }, recipe, errand);
  context.page.send({ type: 'evaluation', dataset: dataset.id, run, evaluation });
  context.page.send({ type: 'embedded', dataset: dataset.id, run, step: 0 });
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
  { run, title, about, open }: Foreign,
  recipe: RecipeName,
  errand: Errand,
): Promise<Evaluation> {
  await errand.pause();
  const side = Math.floor(dataset.storedSide / 1.25);
  const source = await context.source(dataset.id, side);
  const known = { labels: await labelNumbers(context.db, dataset), neighbours: context.neighbours };
  const preparation = { words: `Embedding with ${title}`, say: errand.say, check: () => errand.check() };
  const embeds = await preparing(context.executor, preparation, () => open(source, { side, recipe }));
  try {
    await errand.pause();
    const { evaluation, table } = await look(run, embeds, { count: dataset.count, step: 0, ...known }, (done, of) => {
      const amount = `${done.toLocaleString('en')} of ${of.toLocaleString('en')} views`;
      errand.say(`Embedding ${amount} with ${title}`, done / of);
      return errand.pause();
    });
    await saveEmbeddings(context.db, { ...table, dataset: dataset.id, run, about });
    await saveBaselines(context.db, dataset.id, run, [evaluation]);
    return evaluation;
  } finally {
    embeds.dispose();
  }
}
