import { count, counted } from '../../src/core/amounts';
import { checkConfig } from '../../src/core/check';
import { isBundled, type RunConfig } from '../../src/core/config';
import { untrainedOf } from '../../src/core/defaults';
import { Fault, faultReport } from '../../src/core/fault';
import { pretrainedRun } from '../../src/core/pretrained';
import type { Checkpoint, Dataset, Run } from '../../src/core/records';
import { seenBy } from '../../src/core/seen';
import { keptCount, keptRows } from '../../src/core/set_aside';
import { loadCheckpoint } from '../../src/database/checkpoints';
import { readDataset } from '../../src/database/datasets';
import { listEmbedded, loadEmbeddings } from '../../src/database/embeddings';
import { datasetLock, encoderLock, holding } from '../../src/database/holding';
import { putRun, readRun } from '../../src/database/runs';
import { createRun } from '../../src/database/storage';
import { openRun } from '../../src/learn/run';
import { isAbort } from '../../src/protocol/call';
import { readRefined } from '../refined_embeddings';
import { startingNeighbours } from './adapting';
import { ensureBaseline } from './baseline';
import type { Context } from './context';
import type { Control } from './control';
import { RunEvaluator } from './evaluate';
import { RunHistory } from './history';
import { preparing } from './preparing';
import { openWithRoom } from './room';
import { Task } from './task';
import { Training } from './training';
import { startOf } from './weights';

async function datasetOf(context: Context, id: string): Promise<Dataset> {
  const dataset = await readDataset(context.db, id);
  if (!dataset)
    throw new Fault('data', 'This collection is no longer here.', 'Choose another one, or import the pictures again.');
  return dataset;
}

/** Trains a run to its end. One that is stopped before its first step has none to keep. */
async function train(...[context, control, run, ...rest]: Parameters<typeof openAndTrain>): Promise<void> {
  try {
    await openAndTrain(context, control, run, ...rest);
  } catch (cause) {
    if (!control.stopSignal.aborted || !isAbort(cause)) throw cause;
    const stopped: Run = { ...run, status: 'stopped' };
    await putRun(context.db, stopped);
    context.page.send({ type: 'run', run: stopped });
    context.phase('idle', `Stopped at step ${run.step}`);
  }
}

/** Opens the run in the executor and trains it to its end; `checkpoint` null begins it. */
async function openAndTrain(
  context: Context,
  control: Control,
  run: Run,
  checkpoint: Checkpoint | null,
  extendBy = 0,
): Promise<void> {
  const { config } = run;
  const dataset = await datasetOf(context, run.dataset);
  const kept = keptCount(dataset);
  if (kept < config.batch)
    throw new Fault(
      'config',
      `A step of this run takes ${counted(config.batch, 'picture')}; without those set aside there are ${count(kept)}.`,
      'Restore some of them.',
    );
  const { side: smallSide, ...untrained } = untrainedOf(config);
  const words = 'Making the training step ready';
  const say = (message: string, share?: number) => context.phase('loading', message, share);
  say(words);
  const task = new Task(say, control.stopSignal, context.giveWay);
  await ensureBaseline(context, dataset, untrained, { ...config, side: smallSide, views: false }, task);
  const neighbours = await startingNeighbours(context, dataset, config, checkpoint === null, task);
  const source = { ...(await context.source(dataset.id, config.side)), drawn: keptRows(dataset) };
  const { side, margin } = seenBy(config);
  const seen = margin === 1 ? { source: await context.source(dataset.id, side, margin), side } : undefined;
  const start = checkpoint ? null : await startOf(context, config);
  const told = (done: number, of: number): Promise<void> => {
    say(`Preparing variation ${count(done)} of ${count(of)}`, done / of);
    return task.pause();
  };
  const evaluator = await RunEvaluator.open(context, dataset);
  const history = new RunHistory(run.id, checkpoint?.history ?? null);
  if (checkpoint) context.page.send({ type: 'history', run: run.id, history: checkpoint.history });
  else await beginProbes(context, run, evaluator, history);
  context.executor.forgetPeak();
  const open = await preparing(context.executor, { words, say }, () =>
    openWithRoom(
      config,
      checkpoint ? null : kept,
      (fitting) => openRun(context.executor, fitting, source, checkpoint, { start, neighbours, seen, told }),
      (fault, fitting) => {
        context.page.send({ type: 'fault', fault: faultReport(fault) });
        context.page.send({ type: 'run', run: { ...run, config: fitting } });
      },
    ),
  );
  try {
    if (extendBy > 0) open.extend(extendBy);
    const { backend, executor } = context.device;
    control.run = run.id;
    await new Training(context, control, evaluator, history, open, { ...run, backend, executor }).go();
  } finally {
    control.run = null;
    control.reconstructed();
    open.dispose();
  }
}

/** The scrubber's first place: the neighbours of the probe pictures before any training, by what the run starts from. */
async function beginProbes(context: Context, run: Run, evaluator: RunEvaluator, history: RunHistory): Promise<void> {
  const { start } = run.config;
  const known = start ? [pretrainedRun(isBundled(start) ? start.bundled : start.name), 'untrained'] : ['untrained'];
  const embedded = await listEmbedded(context.db, run.dataset);
  const whole = known.find((from) => embedded.some((one) => one.encoder === from && one.count === evaluator.count));
  if (whole === undefined) return;
  const rows = evaluator.refines
    ? (await readRefined(context.db, run.dataset, whole))?.refined
    : await loadEmbeddings(context.db, run.dataset, whole);
  if (!rows) return;
  const probes = evaluator.nearest(0, rows);
  history.seen(probes);
  context.page.send({ type: 'probes', run: run.id, probes });
}

/** @throws Fault('config') when a setting does not fit the data set. */
export async function startRun(
  context: Context,
  control: Control,
  datasetId: string,
  config: RunConfig,
): Promise<void> {
  const dataset = await datasetOf(context, datasetId);
  const [problem] = checkConfig(config, { ...dataset, count: keptCount(dataset), keepsHalf: context.device.keepsHalf });
  if (problem)
    throw new Fault(
      'config',
      `The setting '${problem.field}' does not fit. ${problem.message}`,
      'Change it and start again.',
    );
  const { backend, executor } = context.device;
  const run: Run = {
    id: crypto.randomUUID(),
    dataset: datasetId,
    config,
    status: 'running',
    createdAt: Date.now(),
    step: 0,
    seconds: 0,
    backend,
    executor,
  };
  await alone(run, async () => {
    await createRun(context.db, run);
    context.page.send({ type: 'run', run });
    await train(context, control, run, null);
  });
}

/** Nobody else imports into its data set or deletes what it trains meanwhile. */
const alone = (run: Run, work: () => Promise<void>): Promise<void> =>
  holding(datasetLock(run.dataset), 'Another tab imports pictures into this collection.', () =>
    holding(encoderLock(run.id), 'Another tab has this model.', work),
  );

/**
 * Takes a run up from its newest good checkpoint, or for `extendBy` more steps from there.
 * A run that was killed before its first checkpoint begins again.
 */
export async function resumeRun(context: Context, control: Control, id: string, extendBy = 0): Promise<void> {
  const run = await readRun(context.db, id);
  if (!run) throw new Fault('data', 'This run is no longer here.', 'Start a new one.');
  const checkpoint = await loadCheckpoint(context.db, id);
  if (!checkpoint && extendBy > 0)
    throw new Fault('data', 'This run has no checkpoint to go on from.', 'Start a new one.');
  // Training goes on with the pooled backbone: what a representation was fitted to is no longer there.
  const { representation: _, ...bare } = run;
  const known = checkpoint
    ? { ...bare, step: checkpoint.step, seconds: checkpoint.seconds }
    : { ...bare, step: 0, seconds: 0 };
  await alone(run, () => train(context, control, known, checkpoint, extendBy));
}
