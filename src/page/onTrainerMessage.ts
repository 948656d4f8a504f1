import { searchAgain } from '../app/session/askNeighbours';
import { changeDataset } from '../app/session/datasetList';
import { readEncoders } from '../app/session/encoderList';
import type { Parts } from '../app/session/parts';
import { settleSettings } from '../app/session/showing';
import { tell } from '../app/store/faults';
import { dispatch, patch, runUnderWay, type Store } from '../app/store/store';
import { trainerFailed } from '../app/training/trainerLost';
import { hasEnded } from '../core/ended';
import { Fault, type FaultReport } from '../core/fault';
import type { Evaluation, ProbeRows, Run } from '../core/records';
import type { TrainerEvent } from '../protocol/training';

/** Takes in what the trainer says. Words about a run that is not on the page are left aside. */
export function onTrainerMessage(parts: Parts, message: TrainerEvent): void {
  const { store } = parts;
  const { training, library } = store.getState();
  const onPage = (run: string): boolean => training.run?.id === run;
  switch (message.type) {
    case 'phase': {
      const { phase, message: words, progress = null } = message;
      patch(store, 'training', { phase, message: words, progress });
      return;
    }
    case 'background': {
      const { dataset, kind, message: words, progress = null } = message;
      store.setState({ background: words === '' ? null : { dataset, kind, message: words, progress } });
      return;
    }
    case 'run':
      parts.tabs.tell({ of: 'encoders', dataset: message.run.dataset });
      if (message.run.dataset === library.current) onRun(parts, message.run);
      return;
    case 'steps':
      if (onPage(message.run)) store.stepReports.append(message.reports);
      return;
    case 'history':
      if (onPage(message.run)) {
        const { steps, evaluations, probes } = message.history;
        store.stepReports.load(steps);
        patch(store, 'measures', { evaluations: evaluations.filter(({ of }) => of === 'run') });
        store.setState({ probes: { history: probes } });
      }
      return;
    case 'views':
      if (store.getState().views.on) patch(store, 'views', { latest: message.views });
      return;
    case 'performance':
      if (onPage(message.performance.run)) store.setState({ performance: message.performance });
      return;
    case 'evaluation':
      if (message.dataset === library.current) onEvaluation(store, message.run, message.evaluation);
      return;
    case 'probes':
      if (onPage(message.run)) onProbes(store, message.probes);
      return;
    case 'reconstructions':
      if (onPage(message.run)) patch(store, 'reconstructions', { latest: message.reconstructions });
      return;
    case 'embedded':
      parts.tabs.tell({ of: 'encoders', dataset: message.dataset });
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
    case 'rate': {
      const { device, settings } = store.getState();
      if (!device.report) return;
      patch(store, 'device', { report: { ...device.report, imagesPerSecond: message.imagesPerSecond } });
      settleSettings(store, settings.edited);
      return;
    }
    case 'fault':
      onFault(parts, message.fault);
  }
}

function onRun(parts: Parts, run: Run): void {
  const { store } = parts;
  const { training } = store.getState();
  if (hasEnded(run)) {
    void readEncoders(parts);
    // Of a run that was shown before it there is nothing to decide.
    if (run.status !== 'failed' && training.run?.id === run.id && !hasEnded(training.run))
      changeDataset(parts, run.dataset, { undecided: run.id });
  }
  // What was read out of the embedding before is of another one.
  if (run.status === 'running')
    patch(store, 'interpretation', { dimensions: null, firing: null, representation: null });
  patch(store, 'training', { run });
  dispatch(store, { type: 'told', run });
}

function onEvaluation(store: Store, run: string, evaluation: Evaluation): void {
  const { measures, training } = store.getState();
  if (evaluation.of !== 'run') {
    const others = measures.baselines.filter(({ of }) => of !== evaluation.of);
    patch(store, 'measures', { baselines: [...others, evaluation] });
  } else if (training.run?.id === run)
    patch(store, 'measures', { evaluations: inOrder(measures.evaluations, evaluation) });
}

function onProbes(store: Store, probes: ProbeRows): void {
  store.setState({ probes: { history: inOrder(store.getState().probes.history, probes) } });
}

/** Adds to a list ordered by steps. A run taken up from an older checkpoint comes by its steps again: the new word counts. */
function inOrder<T extends { step: number }>(list: readonly T[], one: T): T[] {
  return [...list.filter(({ step }) => step < one.step), one];
}

/** What went wrong in the background, or is told while a run goes on. */
function onFault(parts: Parts, { kind, message, advice }: FaultReport): void {
  if (kind === 'bug') tell(parts.store, { kind, message, advice });
  else trainerFailed(parts, new Fault(kind, message, advice));
}
