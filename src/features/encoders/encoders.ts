import { MOST_COMPARED } from '../../app/encoders/compared';
import { searchingEncoder } from '../../app/encoders/searchOrder';
import { searchAgain } from '../../app/session/askNeighbours';
import { changeDataset } from '../../app/session/datasetList';
import { readEncoders } from '../../app/session/encoderList';
import { evaluateSearch } from '../../app/session/evaluating';
import { addressOf } from '../../app/session/networks';
import type { Parts } from '../../app/session/parts';
import { addressCompared } from '../../app/session/route';
import { askUsed, calledOff, showNewestRun, showRun } from '../../app/session/showing';
import type { Actions } from '../../app/store/actions';
import { tellCause } from '../../app/store/faults';
import { currentDataset, patch, runUnderWay } from '../../app/store/store';
import { trainerFailed } from '../../app/training/trainerLost';
import { Fault } from '../../core/fault';
import { FIRST_ENCODER, isPretrained, pretrainedRun } from '../../core/pretrained';
import type { DatasetChange, Evaluation } from '../../core/records';
import { forgetBlindTests } from './blind_test/actions';
import { forgetStart, takeIn } from './pretrained';

type EncoderActions = Pick<
  Actions,
  | 'searchWith'
  | 'showEncoder'
  | 'extendEncoder'
  | 'exportEncoder'
  | 'startFromRun'
  | 'renameEncoder'
  | 'chooseToCompare'
  | 'deleteEncoder'
  | 'settleVerdict'
>;

export function encoderActions(
  parts: Parts,
  { exportRun, extend }: Pick<Actions, 'exportRun' | 'extend'>,
): EncoderActions {
  const { store, threads, memory } = parts;
  const changeShown = (values: DatasetChange): void => {
    const { current } = store.getState().library;
    if (current !== null) changeDataset(parts, current, values);
  };
  /** Waits for a change of an encoder, and shows the encoders as they are then. */
  const change = async (dataset: string, changed: Promise<void>): Promise<void> => {
    try {
      await changed;
      parts.tabs.tell({ of: 'encoders', dataset });
      if (store.getState().library.current === dataset) await encodersChanged(parts, dataset);
    } catch (cause) {
      trainerFailed(parts, cause);
    }
  };
  const showEncoder = async (run: string): Promise<void> => {
    const state = store.getState();
    const found = state.encoders.runs.find((one) => one.run.id === run);
    if (!found || runUnderWay(state)) return;
    await showRun(parts, found.run).catch((cause) => tellCause(store, cause));
  };
  return {
    searchWith: (encoder) => {
      const state = store.getState();
      const dataset = currentDataset(state);
      const before = dataset && searchingEncoder(dataset, state.training.run?.id ?? null, state.encoders.embedded);
      if (before !== encoder) patch(store, 'encoders', { before });
      changeShown({ searchWith: encoder, undecided: undefined });
      askUsed(parts);
      searchAgain(parts);
      evaluateSearch(parts);
    },
    showEncoder,
    extendEncoder: async (run, steps) => {
      await showEncoder(run);
      if (store.getState().training.run?.id === run) await extend(steps);
    },
    exportEncoder: (encoder, options) => {
      const { encoders, library } = store.getState();
      if (encoders.runs.some(({ run }) => run.id === encoder)) return exportRun(encoder, options);
      const asked = { dataset: library.current ?? '', encoder, networks: addressOf('') };
      return threads.trainer.call({ type: 'export-encoder', ...asked, ...options });
    },
    startFromRun: async (run) => {
      try {
        const found = store.getState().encoders.runs.find((one) => one.run.id === run);
        const weights = (await exportRun(run))['model.safetensors'];
        if (!found || !weights)
          throw new Fault('data', 'This run has no weights yet.', 'Train it for some steps first.');
        const bytes = weights.slice().buffer;
        const name = `${found.run.name ?? found.run.config.preset}-step-${found.run.step}.safetensors`;
        await takeIn(parts, name, bytes);
      } catch (cause) {
        tellCause(store, cause);
      }
    },
    renameEncoder: (run, name) => {
      const dataset = store.getState().library.current;
      if (dataset !== null && name.trim() !== '')
        void change(dataset, threads.trainer.call({ type: 'rename-run', run, name: name.trim() }));
    },
    chooseToCompare: (encoder, chosen) => {
      const others = store.getState().encoders.compared.filter((one) => one !== encoder);
      const compared = chosen ? [...others, encoder].slice(-MOST_COMPARED) : others;
      patch(store, 'encoders', { compared });
      addressCompared(compared);
    },
    deleteEncoder: (encoder) => {
      const state = store.getState();
      const dataset = state.library.current;
      if (dataset === null || (runUnderWay(state) && state.training.run?.id === encoder)) return;
      forgetBlindTests(parts, encoder);
      if (currentDataset(state)?.searchWith === encoder) changeShown({ searchWith: undefined });
      // It would be embedded again by itself at the next visit.
      if (encoder === pretrainedRun(FIRST_ENCODER)) memory.setItem(calledOff(dataset), 'yes');
      void change(dataset, threads.trainer.call({ type: 'delete-encoder', dataset, encoder }));
    },
    settleVerdict: () => changeShown({ undecided: undefined }),
  };
}

/** The run on the page may be gone, or have another name. */
export async function encodersChanged(parts: Parts, dataset: string): Promise<void> {
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
  searchAgain(parts);
}
