import { useMemo } from 'react';
import { type Encoder, type Facts, listEncoders } from '../core/encoders/encoder';
import { searchingEncoder } from '../core/encoders/searching';
import { hasEnded } from '../core/ended';
import { Fault } from '../core/fault';
import type { Actions } from './actions';
import { forgetBlindTests } from './blind_test';
import { readEncoders } from './encoderList';
import { tellCause } from './faults';
import { useSelected } from './hooks';
import type { Parts } from './parts';
import { searchAgain } from './searching';
import { showRun } from './showing';
import { currentDataset, patch, runUnderWay } from './store';

type EncoderActions = Pick<
  Actions,
  'listEncoders' | 'searchWith' | 'showEncoder' | 'startFromRun' | 'renameEncoder' | 'deleteEncoder' | 'settleVerdict'
>;

export function encoderActions(parts: Parts, { exportRun }: Pick<Actions, 'exportRun'>): EncoderActions {
  const { store, threads } = parts;
  return {
    listEncoders: () => readEncoders(parts),
    searchWith: (encoder) => {
      const dataset = currentDataset(store.getState());
      if (!dataset) return;
      const datasets = store
        .getState()
        .library.datasets.map((one) => (one.id === dataset.id ? { ...one, searchWith: encoder } : one));
      patch(store, 'library', { datasets });
      threads.importer.send({ type: 'search-with', dataset: dataset.id, encoder });
      patch(store, 'encoders', { undecided: null });
      searchAgain(parts);
    },
    showEncoder: async (run) => {
      const state = store.getState();
      const found = state.encoders.runs.find((one) => one.run.id === run);
      if (!found || runUnderWay(state)) return;
      await showRun(parts, found.run).catch((cause) => tellCause(store, cause));
    },
    startFromRun: async (run) => {
      try {
        const found = store.getState().encoders.runs.find((one) => one.run.id === run);
        const weights = (await exportRun(run))['model.safetensors'];
        if (!found || !weights)
          throw new Fault('data', 'This run has no weights yet.', 'Train it for some steps first.');
        const bytes = weights.slice().buffer;
        const name = `${found.run.name ?? found.run.config.preset}-step-${found.run.step}.safetensors`;
        threads.trainer.send({ type: 'take-weights', name, bytes }, [bytes]);
      } catch (cause) {
        tellCause(store, cause);
      }
    },
    renameEncoder: (run, name) => {
      const dataset = store.getState().library.current;
      if (dataset !== null && name.trim() !== '')
        threads.trainer.send({ type: 'rename-run', dataset, run, name: name.trim() });
    },
    deleteEncoder: (encoder) => {
      const state = store.getState();
      const dataset = state.library.current;
      if (dataset === null || (runUnderWay(state) && state.training.run?.id === encoder)) return;
      forgetBlindTests(parts, encoder);
      threads.trainer.send({ type: 'delete-encoder', dataset, encoder });
    },
    settleVerdict: () => patch(store, 'encoders', { undecided: null }),
  };
}

/** A run has ended: its encoder stands beside the one in use until the user decides. */
export function offerEncoder({ store }: Parts, run: string): void {
  patch(store, 'encoders', { undecided: run });
}

/** The encoders of the data set on the page, with the one that searches. */
export function useEncoders(): { encoders: readonly Encoder[]; searching: string | null } {
  const { runs, embedded } = useSelected((state) => state.encoders);
  const baselines = useSelected(({ measures }) => measures.baselines);
  const weights = useSelected((state) => state.weights);
  const dataset = useSelected(currentDataset);
  const newest = useSelected(({ training }) => training.run?.id ?? null);
  return useMemo(() => {
    const facts: Facts = { runs, embedded, baselines, weights };
    const searching = dataset && searchingEncoder(dataset, newest, embedded);
    return { encoders: listEncoders(facts), searching };
  }, [runs, embedded, baselines, weights, dataset, newest]);
}

/** Whether an encoder is the run under way: that one is neither deleted nor started from. */
export const isUnderWay = ({ run }: Encoder): boolean => run !== null && !hasEnded(run);
