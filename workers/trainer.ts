import type { BackendName, RecipeName } from '../src/core/config';
import { faultReport } from '../src/core/fault';
import { type PretrainedName, pretrainedNamed } from '../src/core/pretrained';
import type { Dataset } from '../src/core/records';
import { openDatabase } from '../src/database/connection';
import { readDataset } from '../src/database/datasets';
import { deleteRuns } from '../src/database/runs';
import { chooseDevice, createExecutor } from '../src/engine/device';
import { replay } from '../src/learn/replay';
import { isAbort } from '../src/protocol/call';
import { toPage } from '../src/protocol/channel';
import type { BackgroundKind, FromTrainer, ToTrainer } from '../src/protocol/messages';
import type { ReadingKind, ReadingWish } from '../src/protocol/reading';
import { Forgotten } from './forgotten';
import { BackgroundQueue } from './trainer/background';
import { ensureBaseline } from './trainer/baseline';
import { openChoices } from './trainer/choices';
import { type Context, openContext } from './trainer/context';
import { Control } from './trainer/control';
import { changeEncoder } from './trainer/encoders';
import { Errand, Stopped } from './trainer/errand';
import { type Asked, exportAsked } from './trainer/exports';
import { JobQueue } from './trainer/job_queue';
import { resumeRun, startRun } from './trainer/jobs';
import { bundled, ensureForeign, given, tellForeign } from './trainer/pretrained';
import { read } from './trainer/reading/read';
import { reconstructRun } from './trainer/reconstruct';
import { fetchWeights, takeWeights } from './trainer/weights';

// The training thread: one job at a time, in the order they were asked for; what the person wants of the job under
// way (pause, stop, save, pins) is heard at once and obeyed between two steps.

const page = toPage<FromTrainer, ToTrainer>();
const database = openDatabase();
let context: Context | null = null;
/** Of the run asked for last, which may still be waiting for its turn. */
let control = new Control();
const forgotten = new Forgotten();
const background = new BackgroundQueue(
  ({ dataset, kind }, message, progress) => page.send({ type: 'background', dataset, kind, message, progress }),
  (cause) => complain(cause),
);
const jobs = new JobQueue(background, () => context !== null);
/** Looks into embeddings that are under way or waiting. */
const errands = new Map<Errand, ReadingKind>();
/** Embeddings by networks trained elsewhere, under way or waiting. */
const foreigners = new Set<Errand>();
/** Looks that are no jobs, one at a time. */
let asides: Promise<void> = Promise.resolve();

/** Runs `job` after those asked for before it. Its faults go to the page; the thread lives on. */
const enqueue = (job: () => Promise<void>): void =>
  jobs.add(job, (cause) => {
    complain(cause);
    page.send({ type: 'phase', phase: 'idle', message: '' });
  });

/** Work on a data set for when nothing is asked for: it says nothing of the trainer's phase. */
function whenFree(
  dataset: string,
  kind: BackgroundKind,
  work: (own: Context, record: Dataset, task: Errand) => Promise<void>,
): void {
  background.add(dataset, kind, (task) =>
    sparing(dataset, task, async () => {
      const record = await readDataset(ready().db, dataset);
      const own = { ...ready(), phase: (_: unknown, message: string, share?: number) => task.say(message, share) };
      if (record && record.count > 0) await work(own, record, task);
    }),
  );
  jobs.rest();
}

function ready(): Context {
  if (!context) throw new Error('trainer: asked to work before prepare');
  return context;
}

/** A run, with its own control: what is said from now on is about it. */
function train(job: (own: Control) => Promise<void>): void {
  const own = new Control();
  own.showViews = control.showViews;
  control = own;
  enqueue(() => job(own));
}

async function prepare(message: Extract<ToTrainer, { type: 'prepare' }>): Promise<void> {
  page.send({ type: 'phase', phase: 'starting', message: 'Choosing what trains' });
  context?.executor.dispose();
  context = null;
  const { backend, allowSoftware, networks } = message;
  const choicesFor = async (adapter: string) => openChoices(await database, adapter);
  const { executor, report } = await chooseDevice(backend, { allowSoftware, choicesFor });
  context = openContext({ db: await database, page, executor, device: report, networks });
  page.send({ type: 'device', device: report });
  page.send({ type: 'phase', phase: 'idle', message: '' });
}

const baseline = ({ dataset, encoder, ...asked }: Extract<ToTrainer, { type: 'baseline' }>): void =>
  whenFree(dataset, 'baseline', async (own, record, task) => {
    await ensureBaseline(own, record, encoder, asked, task);
    await tellForeign(own, dataset);
  });

const embed = ({ dataset, name, address }: Extract<ToTrainer, { type: 'embed' }>): void =>
  whenFree(dataset, 'embed', (own, record, task) =>
    ensureForeign(own, record, bundled(pretrainedNamed(name), address), null, task),
  );

/** Embeds a data set with a network that was trained elsewhere: a job that can be stopped, also while it waits. */
function foreign(
  { dataset, recipe }: { dataset: string; recipe: RecipeName | null },
  network: Parameters<typeof ensureForeign>[2],
): void {
  const errand = new Errand((message, share) => ready().phase('embedding', message, share));
  foreigners.add(errand);
  enqueue(async () => {
    try {
      await sparing(dataset, errand, async () => {
        const record = await readDataset(ready().db, dataset);
        if (record && record.count > 0) await ensureForeign(ready(), record, network, recipe, errand);
      });
    } catch (cause) {
      if (!(cause instanceof Stopped)) throw cause;
    } finally {
      foreigners.delete(errand);
      page.send({ type: 'pretrained-over' });
    }
    ready().phase('idle', '');
  });
}

/** Work on a data set that ends, without a word, when that is deleted. */
const sparing = (dataset: string, errand: Errand, work: () => Promise<void>): Promise<void> =>
  forgotten.spare(dataset, (gone) => {
    gone.addEventListener('abort', () => errand.stop());
    return work();
  });

async function replayFixture(message: Extract<ToTrainer, { type: 'replay' }>): Promise<void> {
  const { name, bytes, executor: kind, precision } = message;
  const { executor: own, networks } = ready();
  const executor = kind && kind !== own.kind ? await createExecutor(own.backend as BackendName, kind) : own;
  try {
    const bundled = async (of: PretrainedName) => (await fetchWeights(networks + of, pretrainedNamed(of))).weights;
    page.send({ type: 'replayed', replay: await replay(executor, name, bytes, { precision, bundled }) });
  } finally {
    if (executor !== own) executor.dispose();
  }
}

/** A look into an embedding: a job like others, but for why two are similar, which is told also beside a run. */
function look(wish: ReadingWish): void {
  if (wish.kind === 'why') {
    // In silence: what the page hears of the trainer's doing is about the run.
    asides = asides.then(() => lookWith(new Errand(() => undefined), wish)).catch(complain);
    return;
  }
  const errand = new Errand((message, share) => ready().phase('embedding', message, share));
  errands.set(errand, wish.kind);
  enqueue(async () => {
    await lookWith(errand, wish);
    ready().phase('idle', '');
  });
}

async function lookWith(errand: Errand, wish: ReadingWish): Promise<void> {
  try {
    const dataset = wish.kind === 'represent' ? wish.dataset : wish.whose.dataset;
    await sparing(dataset, errand, () => read(ready(), errand, wish));
  } finally {
    errands.delete(errand);
  }
}
const complain = (cause: unknown): void =>
  void (isAbort(cause) || page.send({ type: 'fault', fault: faultReport(cause) }));

page.listen((message) => {
  switch (message.type) {
    case 'prepare':
      return enqueue(() => prepare(message));
    case 'baseline':
      return baseline(message);
    case 'pretrained':
      return foreign(message, bundled(pretrainedNamed(message.name), message.address));
    case 'frozen':
      return foreign(message, given(message.weights, message.side));
    case 'stop-pretrained':
      for (const errand of foreigners) errand.stop();
      return;
    case 'embed':
      return embed(message);
    case 'stop-embedding':
      return background.cancel(message.dataset, 'embed');
    case 'take-weights':
      return enqueue(async () => takeWeights(await database, page, message.name, message.bytes));
    case 'start':
      return train((own) => startRun(ready(), own, message.dataset, message.config));
    case 'resume':
      // The run under way is only paused; any other is taken up from the database.
      if (control.goOn(message.run)) return;
      return train((own) => resumeRun(ready(), own, message.run));
    case 'extend':
      return train((own) => resumeRun(ready(), own, message.run, message.steps));
    case 'pause':
      return control.pause();
    case 'stop':
      return control.stop();
    case 'save':
      control.save = true;
      return control.nudge();
    case 'cool-down':
      control.coolDown = true;
      return;
    case 'show-views':
      control.showViews = message.on;
      return;
    case 'reconstruct':
      if (control.run !== message.run) return enqueue(() => reconstructRun(ready(), message.run, message.wish));
      control.wish = message.wish;
      control.reconstruct = true;
      return control.nudge();
    case 'pin':
      control.pins = message.rows;
      return control.nudge();
    case 'read':
      return look(message.wish);
    case 'stop-reading':
      for (const [errand, kind] of errands) if (kind === message.kind) errand.stop();
      return;
    case 'export':
    case 'export-encoder':
      return void exportTo(message).catch(complain);
    case 'rename-run':
    case 'delete-encoder':
      return enqueue(async () => changeEncoder({ db: await database, page }, message));
    case 'forget':
      forgotten.add(message.dataset);
      background.cancel(message.dataset);
      return enqueue(async () => deleteRuns(await database, message.dataset));
    case 'replay':
      return enqueue(() => replayFixture(message));
  }
});

/** Not a job: a paused run can be exported, and needs no device for that. */
async function exportTo(message: Asked): Promise<void> {
  const from = { db: await database, device: context?.device ?? null };
  page.send({ type: 'exported', ...(await exportAsked(from, message)) });
}
