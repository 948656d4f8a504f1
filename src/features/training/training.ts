import type { Parts } from '../../app/session/parts';
import { settleSettings } from '../../app/session/showing';
import type { Actions } from '../../app/store/actions';
import { announce, tellCause } from '../../app/store/faults';
import { currentDataset, dispatch, patch, runUnderWay } from '../../app/store/store';
import { prepare, prepared } from '../../app/training/device';
import { isUnderWay } from '../../app/training/session';
import { train } from '../../app/training/train';
import { trainerFailed } from '../../app/training/trainerLost';
import { hasEnded } from '../../core/ended';
import { Fault } from '../../core/fault';
import { reconstructs } from '../../core/methods';

type TrainingActions = Pick<
  Actions,
  | 'chooseBackend'
  | 'start'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'skipEvaluation'
  | 'extend'
  | 'coolDown'
  | 'declineResume'
  | 'showViews'
  | 'reconstruct'
  | 'exportRun'
  | 'measureKernelsAnew'
>;

export const BACKEND = 'lookalike.backend';

export function trainingActions(parts: Parts): TrainingActions {
  const { store, threads, memory } = parts;
  const { trainer } = threads;

  const start = async (): Promise<void> => {
    const state = store.getState();
    const fault = reasonNotToStart(parts);
    const { config } = state.settings;
    const { current } = state.library;
    if (fault) tellCause(store, fault);
    if (fault || !config || current === null) return;
    if (!(await train(parts, { type: 'start', dataset: current, config }))) return;
    store.stepReports.clear();
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
      void prepare(parts);
    },
    start,
    pause: () => trainer.send({ type: 'pause' }),
    resume: async () => {
      const { run, session } = store.getState().training;
      if (!run || hasEnded(run)) return;
      if (session.is === 'paused') trainer.send({ type: 'go-on', run: run.id });
      else if (!isUnderWay(session)) await train(parts, { type: 'resume', run: run.id });
    },
    stop: () => {
      dispatch(store, { type: 'stop' });
      trainer.send({ type: 'stop' });
    },
    skipEvaluation: () => trainer.send({ type: 'skip-evaluation' }),
    extend: async (steps) => {
      const { run } = store.getState().training;
      if (run && hasEnded(run) && !runUnderWay(store.getState()))
        await train(parts, { type: 'extend', run: run.id, steps });
    },
    coolDown: () => {
      dispatch(store, { type: 'cool down' });
      trainer.send({ type: 'cool-down' });
    },
    declineResume: () => dispatch(store, { type: 'declined' }),
    showViews: (on) => {
      store.setState({ views: { on, latest: on ? store.getState().views.latest : null } });
      trainer.send({ type: 'show-views', on });
    },
    reconstruct: async (walk = { row: null, dimension: null }) => {
      const { run } = store.getState().training;
      if (!run || !reconstructs(run.config.method)) return;
      patch(store, 'reconstructions', { asked: true });
      try {
        if (await prepared(parts)) await trainer.call({ type: 'reconstruct', run: run.id, walk });
      } catch (cause) {
        trainerFailed(parts, cause);
      } finally {
        patch(store, 'reconstructions', { asked: false });
      }
    },
    measureKernelsAnew: async () => {
      try {
        await trainer.call({ type: 'measure-anew' });
        announce(store, 'The next run measures its kernels anew.');
      } catch (cause) {
        trainerFailed(parts, cause);
      }
    },
    exportRun: (run, options = {}) => trainer.call({ type: 'export', run, options }),
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
