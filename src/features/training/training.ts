import { addressOf } from '../../app/session/networks';
import type { Parts } from '../../app/session/parts';
import { settleSettings, waitForTakeover } from '../../app/session/showing';
import type { Actions } from '../../app/store/actions';
import { tellCause } from '../../app/store/faults';
import { currentDataset, patch, runUnderWay } from '../../app/store/store';
import { hasEnded } from '../../core/ended';
import { Fault } from '../../core/fault';
import { reconstructs } from '../../core/methods';
import type { ToTrainer } from '../../protocol/messages';

type TrainingActions = Pick<
  Actions,
  | 'chooseBackend'
  | 'start'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'extend'
  | 'coolDown'
  | 'declineResume'
  | 'showViews'
  | 'reconstruct'
  | 'exportRun'
  | 'replay'
>;

export const BACKEND = 'lookalike.backend';

export function trainingActions(parts: Parts): TrainingActions {
  const { store, threads, lock, memory, pending } = parts;
  const send = (message: ToTrainer): void => threads.trainer.send(message);

  const prepare = (): void => {
    const { choice, allowSoftware } = store.getState().device;
    patch(store, 'training', { phase: 'starting' });
    send({ type: 'prepare', backend: choice, allowSoftware, networks: addressOf('') });
  };

  /** Whether the trainer has a device; waits while it chooses one, and has it choose again if it was given up. */
  const prepared = async (): Promise<boolean> => {
    const { device, training } = store.getState();
    if (device.report) return true;
    if (training.phase !== 'starting') prepare();
    return new Promise((resolve) => {
      const stop = store.subscribe(({ device: { report }, training: { phase } }) => {
        if (!report && phase === 'starting') return;
        stop();
        resolve(report !== null);
      });
    });
  };

  /** Takes the lock and asks the trainer for a run; says so if another tab has it. */
  const ask = async (message: ToTrainer): Promise<boolean> => {
    patch(store, 'training', { asked: true });
    if (!(await lock.take())) {
      patch(store, 'training', { asked: false });
      const advice = 'Stop it there, or close that tab: training can then be taken over here.';
      tellCause(store, new Fault('busy', 'Another tab is training.', advice));
      void waitForTakeover(parts);
      return false;
    }
    pending.refused = false;
    pending.interrupted = false;
    patch(store, 'training', { lock: 'held', takeover: false, unfinished: null, coolingDown: false });
    if (!(await prepared())) return false;
    send(message);
    return true;
  };

  const start = async (): Promise<void> => {
    const state = store.getState();
    const fault = reasonNotToStart(parts);
    const { config } = state.settings;
    const { current } = state.library;
    if (fault) tellCause(store, fault);
    if (fault || !config || current === null || !(await ask({ type: 'start', dataset: current, config }))) return;
    store.metrics.clear();
    patch(store, 'training', { run: null, saved: null });
    patch(store, 'measures', { evaluations: [] });
    patch(store, 'reconstructions', { latest: null, asked: false });
    store.setState({ probes: { history: [] }, performance: null });
  };

  return {
    chooseBackend: (choice, allowSoftware = store.getState().device.allowSoftware) => {
      if (runUnderWay(store.getState())) return;
      memory.setItem(BACKEND, JSON.stringify({ choice, allowSoftware }));
      patch(store, 'device', { choice, allowSoftware, report: null });
      settleSettings(store, store.getState().settings.edited);
      prepare();
    },
    start,
    pause: () => send({ type: 'pause' }),
    resume: async () => {
      const { run, unfinished, asked } = store.getState().training;
      const taken = unfinished ?? run;
      if (taken && !hasEnded(taken) && !asked) await ask({ type: 'resume', run: taken.id });
    },
    stop: () => send({ type: 'stop' }),
    extend: async (steps) => {
      const { run } = store.getState().training;
      if (run && hasEnded(run) && !runUnderWay(store.getState())) await ask({ type: 'extend', run: run.id, steps });
    },
    coolDown: async () => {
      patch(store, 'training', { coolingDown: true });
      send({ type: 'cool-down' });
    },
    declineResume: () => patch(store, 'training', { unfinished: null, takeover: false }),
    showViews: (on) => {
      store.setState({ views: { on, latest: on ? store.getState().views.latest : null } });
      send({ type: 'show-views', on });
    },
    reconstruct: (wish = { row: null, dimension: null }) => {
      const { run } = store.getState().training;
      if (!run || !reconstructs(run.config.method)) return;
      patch(store, 'reconstructions', { asked: true });
      void prepared().then((ready) => {
        if (ready) send({ type: 'reconstruct', run: run.id, wish });
        else patch(store, 'reconstructions', { asked: false });
      });
    },
    exportRun: (run, options = {}) => {
      const exported = pending.export(run);
      send({ type: 'export', run, options });
      return exported;
    },
    replay: (name, bytes, how) => {
      const replayed = pending.replay(name);
      threads.trainer.send({ type: 'replay', name, bytes, ...how }, [bytes]);
      return replayed;
    },
  };
}

function reasonNotToStart({ store }: Parts): Fault | null {
  const state = store.getState();
  const dataset = currentDataset(state);
  const { config, problems } = state.settings;
  if (!dataset || !config) return new Fault('config', 'There are no pictures to train on.', 'Drop a folder first.');
  if (runUnderWay(state))
    return new Fault('busy', 'A run is under way in this tab.', 'Stop it before starting another.');
  if (state.library.importing)
    return new Fault('busy', 'Pictures are still being imported.', 'Wait for the end, or cancel the import.');
  if (!state.device.report && state.training.phase !== 'starting')
    return new Fault('device', 'Nothing can train here yet: no device was found.', 'Choose another one.');
  if (problems.length > 0)
    return new Fault('config', `The run cannot start: ${problems[0].message}`, 'Change that value in the settings.');
  return null;
}
