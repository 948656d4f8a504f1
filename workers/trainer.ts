import { faultReport } from '../src/core/fault';
import { isPretrained, pretrainedNamed } from '../src/core/pretrained';
import type { Dataset } from '../src/core/records';
import { openDatabase } from '../src/database/connection';
import { readDataset } from '../src/database/datasets';
import { encoderLock, holding, unlessStoring } from '../src/database/holding';
import { changeRun } from '../src/database/runs';
import { deleteEncoder, sweep } from '../src/database/storage';
import { chooseDevice } from '../src/engine/device';
import type { KeptChoices } from '../src/engine/plan/tune/tasks';
import { imagesPerSecond } from '../src/engine/trial';
import { type Handlers, isAbort, serve } from '../src/protocol/call';
import { toPage } from '../src/protocol/channel';
import type { BackgroundKind, TrainerCalls, TrainerCommand, TrainerEvent } from '../src/protocol/training';
import { Forgotten } from './forgotten';
import { BackgroundQueue } from './trainer/background';
import { ensureBaseline } from './trainer/baseline';
import { openChoices } from './trainer/choices';
import { type Context, openContext } from './trainer/context';
import { Control } from './trainer/control';
import { embedUsed } from './trainer/embed_used';
import { exportEncoder, exportRun } from './trainer/exports';
import { dimensionsReportOf, firingOf } from './trainer/interpretation/dimensions';
import { representRun } from './trainer/interpretation/represent';
import { trySensitivity } from './trainer/interpretation/sensitivity';
import { whyOf } from './trainer/interpretation/why';
import { JobQueue } from './trainer/job_queue';
import { resumeRun, startRun } from './trainer/jobs';
import { closeOutside, embedPicture } from './trainer/outside';
import { bundled, embedFirst, ensureForeign, given, tellForeign } from './trainer/pretrained';
import { reconstructRun } from './trainer/reconstruct';
import { Task } from './trainer/task';
import { Urgent } from './trainer/urgent';
import { takeWeights } from './trainer/weights';

// The training thread: one job at a time, in the order of the requests. Commands about the run under way (pause, stop, save,
// pins) are taken in at once and obeyed between two steps; urgent tasks, which a user waits for, go before all else.

type Handler<T extends keyof TrainerCalls> = Handlers<TrainerCalls>[T];

const port = toPage<unknown, unknown>();
const page = { send: (event: TrainerEvent, transfer?: Transferable[]) => port.send(event, transfer) };
const database = openDatabase();
/** At the start of every visit; what cannot be tidied up now is at the next. */
void database.then((db) => unlessStoring(() => sweep(db))).catch(() => undefined);
let context: Context | null = null;
/** Of the run asked for last, which may still be waiting for its turn. */
let control = new Control();
const forgotten = new Forgotten();
const urgent = new Urgent();
const background = new BackgroundQueue(
  ({ dataset, kind }, message, progress) => page.send({ type: 'background', dataset, kind, message, progress }),
  (cause) => void (isAbort(cause) || page.send({ type: 'fault', fault: faultReport(cause) })),
  urgent.giveWay,
);
const jobs = new JobQueue(background, () => context !== null);

function ready(): Context {
  if (!context) throw new Error('trainer: asked to work before prepare');
  return context;
}

const rest = (): void => page.send({ type: 'phase', phase: 'idle', message: '' });

/** A job says itself what it does, and what came of it; one that fails leaves the trainer idle. */
const job = <T>(work: () => Promise<T>): Promise<T> =>
  jobs.run(work).catch((cause) => {
    rest();
    throw cause;
  });

/** A job about a data set, which ends when that is deleted or the page gives it up. */
const taskOn = <T>(dataset: string, signal: AbortSignal, work: (task: Task) => Promise<T>): Promise<T> =>
  job(async () => {
    const say = (message: string, share?: number) => ready().phase('embedding', message, share);
    const begin = (ended: AbortSignal): Promise<T> => {
      ended.throwIfAborted();
      return work(new Task(say, ended, urgent.giveWay));
    };
    const answer = await forgotten.spare(dataset, begin, signal);
    rest();
    return answer;
  });

/** A short task that a user waits for. In silence: what the page is told of the trainer is about the run. */
const urgently = <T>(dataset: string, signal: AbortSignal, work: (task: Task) => Promise<T>): Promise<T> =>
  urgent.run(() => forgotten.spare(dataset, (ended) => work(new Task(undefined, ended)), signal));

/** Work on a data set for when nothing is asked for: it says nothing of the trainer's phase. */
function whenFree(
  dataset: string,
  kind: BackgroundKind,
  work: (own: Context, record: Dataset, task: Task) => Promise<void>,
): void {
  background.add(dataset, kind, (task) =>
    forgotten.spare(dataset, async () => {
      const record = await readDataset(ready().db, dataset);
      const own = { ...ready(), phase: (_: unknown, message: string, share?: number) => task.say(message, share) };
      if (record && record.count > 0) await work(own, record, task);
    }),
  );
  jobs.rest();
}

/** A run, with its own control: what is said from now on is about it. */
function train(run: (own: Control) => Promise<void>): Promise<void> {
  const own = new Control();
  own.showViews = control.showViews;
  control = own;
  void urgent.run(async () => closeOutside());
  return job(() => run(own));
}

/** With a browser's version its compiler of kernels changes. */
const BROWSER = /(Chrome|Firefox|Version)\/\d+/.exec(navigator.userAgent)?.[0] ?? '';
/** The fastest kernels of the device in use, where it is a graphics card. */
let choices: KeptChoices | null = null;

const prepare: Handler<'prepare'> = ({ backend, allowSoftware, networks }) =>
  job(async () => {
    context?.executor.dispose();
    context = null;
    choices = null;
    const choicesFor = async (adapter: string) => {
      choices = await openChoices(await database, `${adapter}, ${BROWSER}`);
      return choices;
    };
    const { executor, report } = await chooseDevice(backend, { allowSoftware, choicesFor });
    const { giveWay } = urgent;
    context = openContext({ db: await database, page, executor, device: report, networks, giveWay });
    return report;
  });

/** The device's trial ran while the page began and pictures came in: a quicker one since then is truer. */
async function tryAgain(): Promise<void> {
  const { executor, device } = ready();
  const rate = await imagesPerSecond(executor);
  if (rate <= device.imagesPerSecond) return;
  device.imagesPerSecond = rate;
  page.send({ type: 'rate', imagesPerSecond: rate });
}

/** Embeds a data set with a network that was trained elsewhere. */
const embedWith = (
  { dataset, recipe }: Pick<Parameters<TrainerCalls['frozen']>[0], 'dataset' | 'recipe'>,
  network: Parameters<typeof ensureForeign>[2],
  signal: AbortSignal,
): Promise<void> =>
  taskOn(dataset, signal, async (task) => {
    const record = await readDataset(ready().db, dataset);
    if (record && record.count > 0) await ensureForeign(ready(), record, network, recipe, task);
  });

const handlers: Handlers<TrainerCalls> = {
  prepare,
  start: ({ dataset, config }) => train((own) => startRun(ready(), own, dataset, config)),
  resume: ({ run }) => train((own) => resumeRun(ready(), own, run)),
  extend: ({ run, steps }) => train((own) => resumeRun(ready(), own, run, steps)),
  pretrained: (request, { signal }) =>
    embedWith(request, bundled(pretrainedNamed(request.name), request.address), signal),
  frozen: (request, { signal }) => embedWith(request, given(request.weights, request.side), signal),
  'embed-picture': (request, { signal }) =>
    urgently(request.whose.dataset, signal, (task) => embedPicture(ready(), task, request)),
  'take-weights': async ({ name, bytes }) => takeWeights(await database, name, bytes),
  reconstruct: ({ run, walk }) =>
    control.run === run ? control.reconstruct(walk) : job(() => reconstructRun(ready(), run, walk)),
  sensitivity: (request, { signal, progress }) =>
    taskOn(request.whose.dataset, signal, (task) => trySensitivity(ready(), task, request, progress)),
  why: (request, { signal }) => urgently(request.whose.dataset, signal, (task) => whyOf(ready(), task, request)),
  firing: (request, { signal }) => urgently(request.whose.dataset, signal, (task) => firingOf(ready(), task, request)),
  represent: (request, { signal }) => taskOn(request.dataset, signal, (task) => representRun(ready(), task, request)),
  dimensions: (request, { signal }) =>
    taskOn(request.whose.dataset, signal, (task) => dimensionsReportOf(ready(), task, request)),
  // No jobs: a paused run can be exported, and needs no device for that.
  export: async ({ run, options }) => exportRun({ db: await database, device: context?.device ?? null }, run, options),
  'export-encoder': async ({ dataset, encoder, networks, transformers }) =>
    exportEncoder(await database, dataset, encoder, networks, transformers),
  'measure-anew': async () => choices?.clear(),
  'rename-run': async ({ run, name }) => void (await changeRun(await database, run, (stored) => ({ ...stored, name }))),
  'delete-encoder': ({ dataset, encoder }) => {
    const remove = async (): Promise<void> => {
      const db = await database;
      await holding(encoderLock(encoder), 'Another tab trains this model.', () => deleteEncoder(db, dataset, encoder));
    };
    // An encoder that is no run may be embedding, and would store its embeddings afterwards.
    return isPretrained(encoder) ? job(remove) : remove();
  },
  forget: async ({ dataset, kept }) => {
    if (kept) return forgotten.remove(dataset);
    forgotten.add(dataset);
    background.cancel(dataset);
  },
};

serve<TrainerCalls, TrainerCommand>(port, handlers, (command) => {
  switch (command.type) {
    case 'baseline': {
      const { dataset, encoder, ...asked } = command;
      return whenFree(dataset, 'baseline', async (own, record, task) => {
        await ensureBaseline(own, record, encoder, asked, task);
        await tellForeign(own, dataset);
      });
    }
    case 'embed': {
      const { dataset, name, address, first } = command;
      const network = { ...bundled(pretrainedNamed(name), address), words: 'Looking at your pictures' };
      if (first !== undefined)
        return whenFree(dataset, 'embed-first', (own, record, task) => embedFirst(own, record, network, first, task));
      return whenFree(dataset, 'embed', async (own, record, task) => {
        await ensureForeign(own, record, network, null, task);
        await tryAgain();
      });
    }
    case 'embed-used': {
      const { whose } = command;
      return whenFree(whose.dataset, 'embed-used', (own, record, task) => embedUsed(own, record, whose, task));
    }
    case 'stop-embedding':
      for (const kind of ['embed-first', 'embed', 'embed-used'] as const) background.cancel(command.dataset, kind);
      return;
    case 'pause':
      return control.pause();
    case 'go-on':
      return void control.goOn(command.run);
    case 'stop':
      return control.stop();
    case 'skip-evaluation':
      return control.skipEvaluation();
    case 'save':
      control.save = true;
      return control.nudge();
    case 'cool-down':
      control.coolDown = true;
      return;
    case 'show-views':
      control.showViews = command.on;
      return;
    case 'pin':
      control.pins = command.rows;
      return control.nudge();
  }
});
