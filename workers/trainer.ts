import type { BackendName } from '../src/core/config';
import { faultReport } from '../src/core/fault';
import { openDatabase } from '../src/database/connection';
import { readDataset } from '../src/database/datasets';
import { deleteRuns } from '../src/database/runs';
import { chooseDevice, createExecutor } from '../src/engine/device';
import { replay } from '../src/learn/replay';
import { toPage } from '../src/protocol/channel';
import type { FromTrainer, ToTrainer } from '../src/protocol/messages';
import { ensureBaseline } from './trainer/baseline';
import { openChoices } from './trainer/choices';
import { type Context, openContext } from './trainer/context';
import { Control } from './trainer/control';
import { exportRun } from './trainer/exports';
import { Forgotten } from './trainer/forgotten';
import { resumeRun, startRun } from './trainer/jobs';
import { reconstructRun } from './trainer/reconstruct';

// The training thread: one job at a time, in the order they were asked for; what the person wants of the job under
// way (pause, stop, save, pins) is heard at once and obeyed between two steps.

const page = toPage<FromTrainer, ToTrainer>();
const database = openDatabase();
let context: Context | null = null;
/** Of the run asked for last, which may still be waiting for its turn. */
let control = new Control();
let jobs: Promise<void> = Promise.resolve();
const forgotten = new Forgotten();

/** Runs `job` after those asked for before it. Its faults go to the page; the thread lives on. */
function enqueue(job: () => Promise<void>): void {
  jobs = jobs.then(job).catch((cause: unknown) => {
    page.send({ type: 'fault', fault: faultReport(cause) });
    page.send({ type: 'phase', phase: 'idle', message: '' });
  });
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
  const { backend, allowSoftware } = message;
  const choicesFor = async (adapter: string) => openChoices(await database, adapter);
  const { executor, report } = await chooseDevice(backend, { allowSoftware, choicesFor });
  context = openContext({ db: await database, page, executor, device: report });
  page.send({ type: 'device', device: report });
  page.send({ type: 'phase', phase: 'idle', message: '' });
}

async function baseline({ dataset, encoder, side, seed }: Extract<ToTrainer, { type: 'baseline' }>): Promise<void> {
  await forgotten.spare(dataset, async (gone) => {
    const record = await readDataset(ready().db, dataset);
    if (record && record.count > 0) await ensureBaseline(ready(), record, encoder, side, seed, gone);
  });
  ready().phase('idle', '');
}

async function replayFixture({ name, bytes, executor: kind }: Extract<ToTrainer, { type: 'replay' }>): Promise<void> {
  const own = ready().executor;
  const executor = kind && kind !== own.kind ? await createExecutor(own.backend as BackendName, kind) : own;
  try {
    page.send({ type: 'replayed', replay: await replay(executor, name, bytes) });
  } finally {
    if (executor !== own) executor.dispose();
  }
}

page.listen((message) => {
  switch (message.type) {
    case 'prepare':
      return enqueue(() => prepare(message));
    case 'baseline':
      return enqueue(() => baseline(message));
    case 'start':
      return train((own) => startRun(ready(), own, message.dataset, message.config));
    case 'resume':
      // The run under way is only paused; any other is taken up from the database.
      if (control.pausing) return control.go();
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
    case 'export':
      return void exportTo(message.run);
    case 'forget':
      forgotten.add(message.dataset);
      return enqueue(async () => deleteRuns(await database, message.dataset));
    case 'replay':
      return enqueue(() => replayFixture(message));
  }
});

/** Not a job: a paused run can be exported. */
async function exportTo(run: string): Promise<void> {
  try {
    page.send({ type: 'exported', run, files: await exportRun(ready(), run) });
  } catch (cause) {
    page.send({ type: 'fault', fault: faultReport(cause) });
  }
}
