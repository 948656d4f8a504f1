import { readEncoders } from '../app/session/encoderList';
import type { Parts } from '../app/session/parts';
import { searchAgain } from '../app/session/search';
import { askBaseline, settleSettings, showNewestRun } from '../app/session/showing';
import { tell, tellCause } from '../app/store/faults';
import { patch, runUnderWay, type Store } from '../app/store/store';
import { trainerLost } from '../app/threads/trainerLost';
import { hasEnded } from '../core/ended';
import type { FaultReport } from '../core/fault';
import { isPretrained } from '../core/pretrained';
import type { Evaluation, ProbeRows, Run } from '../core/records';
import { forgetStart, hearWeights } from '../features/encoders/pretrained';
import { hearReading } from '../features/labs/reading';
import type { FromTrainer, TrainerPhase } from '../protocol/messages';

/** Takes in what the trainer says. Words about a run that is not on the page are left aside. */
export function hearTrainer(parts: Parts, message: FromTrainer): void {
  const { store, pending } = parts;
  const { training, library } = store.getState();
  const onPage = (run: string): boolean => training.run?.id === run;
  switch (message.type) {
    case 'device':
      patch(store, 'device', { report: message.device });
      settleSettings(store, store.getState().settings.edited);
      askBaseline(parts);
      return;
    case 'phase': {
      const { phase, message: words, progress = null } = message;
      patch(store, 'training', { phase, message: words, progress });
      if (phase === 'idle') trainerRests(parts, training.phase);
      return;
    }
    case 'background': {
      const { dataset, kind, message: words, progress = null } = message;
      store.setState({ background: words === '' ? null : { dataset, kind, message: words, progress } });
      return;
    }
    case 'run':
      if (message.run.dataset === library.current) hearRun(parts, message.run);
      return;
    case 'steps':
      pending.refused = false;
      if (onPage(message.run)) store.metrics.append(message.reports);
      return;
    case 'history':
      if (onPage(message.run)) {
        const { steps, evaluations, probes } = message.history;
        store.metrics.load(steps);
        patch(store, 'measures', { evaluations: evaluations.filter(({ of }) => of === 'run') });
        store.setState({ probes: { history: probes } });
      }
      return;
    case 'pretrained-over':
      patch(store, 'measures', { asked: store.getState().measures.asked.slice(1) });
      return;
    case 'weights':
      hearWeights(parts, message.file);
      return;
    case 'views':
      if (store.getState().views.on) patch(store, 'views', { latest: message.views });
      return;
    case 'performance':
      if (onPage(message.performance.run)) store.setState({ performance: message.performance });
      return;
    case 'evaluation':
      if (message.dataset === library.current) hearEvaluation(store, message.run, message.evaluation);
      return;
    case 'probes':
      if (onPage(message.run)) hearProbes(store, message.probes);
      return;
    case 'reconstructions':
      if (onPage(message.run)) patch(store, 'reconstructions', { latest: message.reconstructions, asked: false });
      return;
    case 'reading':
      hearReading(parts, message.answer);
      return;
    case 'embedded':
      if (message.dataset !== library.current) return;
      searchAgain(parts);
      if (!runUnderWay(store.getState())) void readEncoders(parts);
      // What was found for an embedding that was made anew is no longer so; while a run goes on, that is so all the time.
      if (!runUnderWay(store.getState())) patch(store, 'tests', { version: store.getState().tests.version + 1 });
      return;
    case 'saved':
      if (training.run && onPage(message.run)) {
        const { step, at } = message;
        patch(store, 'training', { run: { ...training.run, step }, saved: { step, at } });
      }
      return;
    case 'exported':
      pending.exported(message.run, message.files);
      return;
    case 'encoders-changed':
      if (message.dataset === library.current) void encodersChanged(parts, message.dataset);
      return;
    case 'replayed':
      pending.replayed(message.replay);
      return;
    case 'fault':
      hearFault(parts, message.fault);
  }
}

/** The run on the page may be gone, or have another name. */
async function encodersChanged(parts: Parts, dataset: string): Promise<void> {
  const { store } = parts;
  await readEncoders(parts);
  store.setState({ weights: await parts.reads.weights().catch(() => store.getState().weights) });
  forgetStart(parts);
  const { encoders, training, measures } = store.getState();
  const isGone = ({ of }: Evaluation): boolean => isPretrained(of) && !encoders.embedded.has(of);
  patch(store, 'measures', { baselines: measures.baselines.filter((one) => !isGone(one)) });
  const shown = encoders.runs.find(({ run }) => run.id === training.run?.id);
  if (shown) patch(store, 'training', { run: { ...shown.run } });
  else if (!runUnderWay(store.getState()))
    await showNewestRun(parts, dataset).catch((cause) => tellCause(store, cause));
  if (!encoders.runs.some(({ run }) => run.id === encoders.undecided)) patch(store, 'encoders', { undecided: null });
  searchAgain(parts);
}

function hearRun(parts: Parts, run: Run): void {
  const { store, lock, pending } = parts;
  const { training } = store.getState();
  if (hasEnded(run)) {
    void readEncoders(parts);
    // Of a run that was shown before it there is nothing to decide.
    if (run.status !== 'failed' && training.run?.id === run.id && !hasEnded(training.run))
      patch(store, 'encoders', { undecided: run.id });
  }
  const { unfinished, coolingDown } = training;
  if (run.status === 'running') {
    pending.refused = false;
    pending.interrupted = false;
    // What was read out of the embedding before is of another one.
    patch(store, 'reading', { dimensions: null, firing: null, representation: null });
    // An answer that came after the lock was given up: see `trainerRests`.
    if (!lock.held) void lock.take().then((taken) => taken && patch(store, 'training', { lock: 'held' }));
  }
  patch(store, 'training', {
    run,
    asked: false,
    unfinished: unfinished?.id === run.id ? null : unfinished,
    coolingDown: coolingDown && !hasEnded(run),
  });
}

/**
 * The lock is kept until the last checkpoint and the last embeddings are written, which is when the trainer rests. It
 * also rests when it has been started, and between the jobs asked for before ours.
 */
function trainerRests({ store, lock, pending }: Parts, before: TrainerPhase): void {
  const { run, asked } = store.getState().training;
  if (!lock.held) return;
  const cutOff = run !== null && !hasEnded(run);
  if (asked && !pending.refused) return;
  if (!asked && cutOff && before === 'starting') return;
  if (!asked && cutOff && !pending.refused && !pending.interrupted) {
    pending.interrupted = true;
    return;
  }
  pending.refused = false;
  pending.interrupted = false;
  lock.give();
  patch(store, 'training', { asked: false, lock: 'free', unfinished: cutOff ? run : null });
}

function hearEvaluation(store: Store, run: string, evaluation: Evaluation): void {
  const { measures, training } = store.getState();
  if (evaluation.of !== 'run') {
    const others = measures.baselines.filter(({ of }) => of !== evaluation.of);
    patch(store, 'measures', { baselines: [...others, evaluation] });
  } else if (training.run?.id === run)
    patch(store, 'measures', { evaluations: inOrder(measures.evaluations, evaluation) });
}

function hearProbes(store: Store, probes: ProbeRows): void {
  store.setState({ probes: { history: inOrder(store.getState().probes.history, probes) } });
}

/** Adds to a list ordered by steps. A run taken up from an older checkpoint comes by its steps again: the new word counts. */
function inOrder<T extends { step: number }>(list: readonly T[], one: T): T[] {
  return [...list.filter(({ step }) => step < one.step), one];
}

function hearFault(parts: Parts, fault: FaultReport): void {
  const { store, pending } = parts;
  const waited = pending.failTrainer(fault);
  patch(store, 'reconstructions', { asked: false });
  // A device that was never found cannot be lost.
  if (fault.kind === 'device' && store.getState().device.report) {
    trainerLost(parts, fault.message);
    return;
  }
  pending.refused = true;
  if (!waited) tell(store, fault);
}
