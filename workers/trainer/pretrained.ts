import type { BackendName } from '../../src/core/config';
import { Fault } from '../../src/core/fault';
import { PRETRAINED, type Pretrained, pretrainedRun } from '../../src/core/pretrained';
import type { Dataset, Evaluation } from '../../src/core/records';
import { loadBaselines, loadEmbeddings, saveBaselines, saveEmbeddings } from '../../src/database/embeddings';
import type { FrozenNetwork } from '../../src/engine/tensorflow/frozen';
import { openPretrained } from '../../src/learn/pretrained';
import type { Context } from './context';
import { labelNumbers, look } from './judge';

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

/** Embeds the data set with a pretrained network and measures it as every encoder is, unless that is stored. */
export async function ensurePretrained(
  context: Context,
  dataset: Dataset,
  network: Pretrained,
  address: string,
  gone: AbortSignal,
): Promise<void> {
  const run = pretrainedRun(network.name);
  const known = await loadBaselines(context.db, dataset.id, run);
  const table = await loadEmbeddings(context.db, dataset.id, run).catch(() => null);
  const current = known?.length === 1 && table?.count === dataset.count;
  const evaluation = current ? known[0] : await measure(context, dataset, network, address, gone);
  context.page.send({ type: 'evaluation', dataset: dataset.id, run, evaluation });
  context.page.send({ type: 'embedded', dataset: dataset.id, run, step: 0 });
}

/** Tells what is stored of pretrained networks that were asked for before. */
export async function tellPretrained({ db, page }: Context, dataset: string): Promise<void> {
  for (const { name } of PRETRAINED) {
    const run = pretrainedRun(name);
    for (const evaluation of (await loadBaselines(db, dataset, run)) ?? [])
      page.send({ type: 'evaluation', dataset, run, evaluation });
  }
}

async function measure(
  context: Context,
  dataset: Dataset,
  network: Pretrained,
  address: string,
  gone: AbortSignal,
): Promise<Evaluation> {
  context.phase('loading', `Loading ${network.title}`);
  const files = await fetchNetwork(address, network);
  const side = Math.floor(dataset.storedSide / 1.25);
  const source = await context.source(dataset.id, side);
  const labels = await labelNumbers(context.db, dataset);
  // A processor that imitates a graphics card is slower than WebAssembly.
  const backend = context.device.software ? 'wasm' : (context.device.backend as BackendName);
  const embeds = await openPretrained(backend, network, files, source, { side, seed: 0 });
  try {
    const { evaluation, table } = await look(
      `pretrained ${network.title}`,
      embeds,
      { count: dataset.count, labels, step: 0 },
      (done, of) => {
        gone.throwIfAborted();
        const amount = `${done.toLocaleString('en')} of ${of.toLocaleString('en')} views`;
        context.phase('embedding', `Embedding ${amount} with ${network.title}`, done / of);
      },
    );
    const run = pretrainedRun(network.name);
    const about = `${network.title}, ${network.trainedOn}`;
    await saveEmbeddings(context.db, { ...table, dataset: dataset.id, run, about });
    await saveBaselines(context.db, dataset.id, run, [evaluation]);
    return evaluation;
  } finally {
    embeds.dispose();
  }
}
