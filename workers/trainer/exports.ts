import { DIAGNOSTICS } from '../../src/core/columns';
import { isResnet, type MethodName } from '../../src/core/config';
import { diagnosticWords } from '../../src/core/diagnostics';
import { bestEncoder } from '../../src/core/encoders/decisive';
import { Fault } from '../../src/core/fault';
import { writeCsv } from '../../src/core/formats/csv';
import { writeNpy } from '../../src/core/formats/npy';
import { writeParquet } from '../../src/core/formats/parquet';
import { writeSafetensors } from '../../src/core/formats/write_safetensors';
import { applies, DIAGNOSTICS_OF } from '../../src/core/methods';
import { PRESET_WORDS } from '../../src/core/presets';
import { isPretrained, PRETRAINED, pretrainedRun } from '../../src/core/pretrained';
import type { Checkpoint, Dataset, Evaluation, History, Run } from '../../src/core/records';
import { scaleRecipe } from '../../src/core/scale_recipe';
import { seenBy, wholeSide } from '../../src/core/seen';
import { heldCount } from '../../src/core/set_aside';
import { loadCheckpoint } from '../../src/database/checkpoints';
import { readDataset } from '../../src/database/datasets';
import { listBaselines, loadBaselines, loadEmbeddings } from '../../src/database/embeddings';
import { readPaths, readRefusals } from '../../src/database/images';
import { readLabels } from '../../src/database/labels';
import { readRun } from '../../src/database/runs';
import { type Rows, unitRows } from '../../src/evaluate/rows';
import { shownRows } from '../../src/evaluate/shown';
import { architecture } from '../../src/learn/backbones/architecture';
import { fileTensors } from '../../src/learn/torch_layout';
import { owned } from '../../src/learn/weights';
import type { ExportOptions } from '../../src/protocol/exporting';
import { baselineKey } from './baseline';
import type { Context } from './context';
import { aboutOther, aboutRun, type EmbeddingsAbout } from './embeddings_about';
import { embeddingsCsv } from './embeddings_csv';
import { type EncoderReport, encoderReports, reportVerdict } from './encoder_reports';
import { imageColumns, imagesCsv } from './images_csv';
import { neighboursCsv } from './neighbours_csv';
import { onnxFiles } from './onnx';
import { transformersFiles } from './transformers';
import { fetchWeights } from './weights';

/** Where runs are stored, and what computes now, if anything does. */
type Source = Pick<Context, 'db'> & { device: Context['device'] | null };

const WEIGHTS = 'model.safetensors';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function lossCsv({ steps }: History): Uint8Array {
  const { accuracy, learningRate } = steps;
  // Its first columns stand where they stood when MoCo was the only method.
  const others = DIAGNOSTICS.filter((name) => name !== 'accuracy' && name !== 'featureStd' && steps[name]);
  const columns = [...(accuracy ? [accuracy] : []), learningRate, ...others.map((name) => steps[name] as Float32Array)];
  const titles = ['step', 'loss', ...(accuracy ? ['accuracy'] : []), 'lr', ...others];
  const rows = Array.from(steps.loss, (loss, i) => [i + 1, loss, ...columns.map((values) => values[i])]);
  return utf8(writeCsv(titles, rows));
}

/** The method's diagnostics at the newest step, with what they mean. */
function diagnosticsOf(method: MethodName, { steps }: History) {
  const last = steps.loss.length - 1;
  return DIAGNOSTICS_OF[method].map((name) => {
    const { title, about } = diagnosticWords(name, method);
    return { name, value: last < 0 ? null : (steps[name]?.[last] ?? null), title, about };
  });
}

/** The vectors at length 1, what they are, the list of pictures with every label, and the graph of their neighbours. */
async function vectors(
  db: Source['db'],
  dataset: string,
  rows: Rows,
  about: EmbeddingsAbout,
): Promise<Record<string, Uint8Array>> {
  const removed = (await readDataset(db, dataset))?.removed ?? [];
  const unit = unitRows(shownRows(rows, new Set(removed)).made);
  const { values, count, dim } = unit;
  // Pictures that were added since are not embedded yet.
  const images = (await readPaths(db, dataset)).filter(({ row }) => row < rows.count && !removed.includes(row));
  const columns = imageColumns(images, await readLabels(db, dataset));
  const table = embeddingsCsv(images, unit);
  const neighbours = neighboursCsv(images, unit, about);
  return {
    'embeddings.npy': writeNpy(values, [count, dim]),
    'embeddings.parquet': writeParquet(columns, unit),
    'embeddings.json': utf8(`${JSON.stringify({ ...about, shape: [count, dim] }, null, 2)}\n`),
    'images.csv': utf8(imagesCsv(columns)),
    ...(table === null ? {} : { 'embeddings.csv': utf8(table) }),
    ...(neighbours === null ? {} : { 'neighbours.csv': utf8(neighbours) }),
  };
}

const nameOf = ({ name, config }: Run): string => name ?? PRESET_WORDS[config.preset].title;

async function report(
  { db, device }: Source,
  run: Run,
  dataset: Dataset,
  checkpoint: Checkpoint,
  encoders: readonly EncoderReport[] | null,
): Promise<Uint8Array> {
  const { loss } = checkpoint.history.steps;
  const refusals = await readRefusals(db, dataset.id);
  const { config } = run;
  return utf8(
    `${JSON.stringify(
      {
        method: config.method,
        config,
        // Of embeddings.npy, where that is not the pooled backbone.
        representation: run.representation,
        device,
        status: run.status,
        pictures: {
          taken: heldCount(dataset),
          duplicates: dataset.duplicates,
          labels: Object.keys(dataset.labels).length,
          refused: refusals.map(({ path, reason }) => ({ path, reason })),
        },
        steps: checkpoint.step,
        finalLoss: loss.length > 0 ? loss[loss.length - 1] : null,
        diagnostics: diagnosticsOf(config.method, checkpoint.history),
        // Only of a VAE: JSON leaves out what is undefined.
        divergenceByDimension: checkpoint.history.divergence,
        seconds: checkpoint.seconds,
        imagesPerSecond: checkpoint.seconds > 0 ? (checkpoint.step * config.batch) / checkpoint.seconds : 0,
        cost: {
          seconds: checkpoint.seconds,
          imagesSeen: checkpoint.step * config.batch,
          batch: config.batch,
          queue: applies('queue', config.method) ? config.queue : null,
          peakMemory: run.memory ?? null,
        },
        evaluations: checkpoint.history.evaluations,
        baselines: (await loadBaselines(db, dataset.id, baselineKey(config, config))) ?? [],
        encoders: encoders?.map(({ name, measures }) => ({ name, measures })),
        best: encoders ? (bestEncoder(encoders)?.best.name ?? null) : undefined,
        // Of the trained encoder beside the best pretrained network, both as they are searched.
        verdict: encoders ? reportVerdict(encoders, { id: run.id, name: nameOf(run) }, dataset) : undefined,
      },
      null,
      2,
    )}\n`,
  );
}

/** What was measured of the baselines of a run, and of pretrained networks. */
const evaluationsOf = async (db: Source['db'], { id }: Dataset, { config }: Run): Promise<Evaluation[]> =>
  (await listBaselines(db, id))
    .filter(({ key }) => key === baselineKey(config, config) || isPretrained(key))
    .flatMap(({ evaluations }) => evaluations);

/** The encoder of that name; the best one where none is named; where nothing tells which, the trained one. */
function chosen(encoders: readonly EncoderReport[], name: string | undefined): EncoderReport {
  const best = name === undefined ? (bestEncoder(encoders)?.best.name ?? 'trained') : name;
  const found = encoders.find((one) => one.name === best);
  if (found) return found;
  const names = encoders.map((one) => `“${one.name}”`).join(', ');
  throw new Fault('config', `There are no embeddings “${name}”.`, `There are those of ${names}.`);
}

/**
 * What a user takes away of a run, as of its newest checkpoint and embeddings: file name -> bytes.
 * @throws Fault('data') when the run has no checkpoint or no embeddings yet, Fault('config') for embeddings of no encoder
 */
export async function exportRun(
  source: Source,
  id: string,
  { encoders: asked, embeddings, transformers }: ExportOptions,
): Promise<Record<string, Uint8Array>> {
  const run = await readRun(source.db, id);
  const checkpoint = run && (await loadCheckpoint(source.db, id));
  const dataset = run && (await readDataset(source.db, run.dataset));
  const table = run && (await loadEmbeddings(source.db, run.dataset, id));
  if (!run || !checkpoint || !dataset || !table)
    throw new Fault(
      'data',
      'This run has nothing to save yet.',
      'Pause or stop it first: both write a checkpoint and embeddings.',
    );
  const { backbone, width, preset } = run.config;
  const encoder = architecture(run.config);
  const model = { name: nameOf(run), ...seenBy(run.config), owner: 'query', table };
  if (transformers) return transformersFiles(encoder, checkpoint.variables, model);
  const known = [...checkpoint.history.evaluations.slice(-1), ...(await evaluationsOf(source.db, dataset, run))];
  const encoders = asked ? await encoderReports(source.db, dataset, id, known, asked.pairs) : null;
  const taken = encoders && chosen(encoders, embeddings);
  const other = taken && taken.encoder !== id;
  const rows = taken?.rows ?? table;
  const refined = taken?.refined ?? false;
  const recipe = scaleRecipe(run.config, { weights: WEIGHTS, name: nameOf(run), step: checkpoint.step });
  const otherTable = other && taken.encoder ? await loadEmbeddings(source.db, dataset.id, taken.encoder) : null;
  const about = {
    format: encoder.backbone.layout === 'keras' ? 'tf' : 'pt',
    producer: 'Lookalike',
    encoder: isResnet(backbone) ? `${backbone} width ${width}` : backbone,
    preset,
    step: `${checkpoint.step}`,
    side: `${run.config.side}`,
  };
  return {
    'report.json': await report(source, run, dataset, checkpoint, encoders),
    'loss.csv': lossCsv(checkpoint.history),
    ...(await vectors(
      source.db,
      dataset.id,
      rows,
      other ? aboutOther(taken.name, otherTable, rows, refined, dataset) : aboutRun(run, table.step, rows, refined),
    )),
    [WEIGHTS]: writeSafetensors(fileTensors(checkpoint.variables, encoder), about),
    ...(recipe ? { 'recipe.json': utf8(`${JSON.stringify(recipe, null, 2)}\n`) } : {}),
    // The embeddings of another layer are not the model's.
    ...(run.representation ? {} : onnxFiles(encoder, checkpoint.variables, model)),
  };
}

/**
 * What a user takes away of an encoder that is no run: its embeddings, the list of pictures and, of a network that comes
 * with the page, the model. `networks`: the address below which those lie. `transformers`: the folder for transformers.js instead.
 * @throws Fault('data') when it has not embedded them
 */
export async function exportEncoder(
  db: Source['db'],
  dataset: string,
  encoder: string,
  networks: string | undefined,
  transformers = false,
): Promise<Record<string, Uint8Array>> {
  const record = await readDataset(db, dataset);
  const table = await loadEmbeddings(db, dataset, encoder);
  if (!record || !table)
    throw new Fault('data', 'These pictures are not embedded by it yet.', 'Have them embedded first.');
  const files = transformers ? {} : await vectors(db, dataset, table, aboutOther(encoder, table, table, false, record));
  const network = PRETRAINED.find(({ name }) => pretrainedRun(name) === encoder);
  if (!network || networks === undefined) return files;
  const start = await fetchWeights(`${networks}${network.name}`, network);
  const headless = architecture({ ...start.encoder, head: 'linear', dim: 2 });
  const seen = { side: wholeSide(record.storedSide), margin: 1 };
  const model = { name: network.title, ...seen, owner: 'query', table };
  const write = transformers ? transformersFiles : onnxFiles;
  return { ...files, ...write(headless, owned('query', start.weights), model) };
}
