import type { Parts } from '../../app/session/parts';
import { whoseIs, whoseOf } from '../../app/session/whose';
import type { Actions } from '../../app/store/actions';
import { tellCause } from '../../app/store/faults';
import { patch, runUnderWay, searchView } from '../../app/store/store';
import { trainerFailed } from '../../app/training/trainerLost';
import { Fault } from '../../core/fault';
import { pooledBackbone } from '../../core/representation';
import type { InterpretationKind, SensitivityFindings } from '../../protocol/interpretation';

type InterpretationActions = Pick<
  Actions,
  'listRuns' | 'trySensitivity' | 'askWhy' | 'represent' | 'interpretDimensions' | 'askFiring' | 'stopInterpreting'
>;

/** Looks into embeddings beside training: what is asked of the trainer. */
export function interpretationActions(parts: Parts): InterpretationActions {
  const { store, threads, reads, newest } = parts;
  const { trainer } = threads;

  /** Asks the trainer; what is asked newly takes the place of what was asked before. */
  const ask = async <K extends InterpretationKind>(
    kind: K,
    call: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> => {
    const signal = newest.begin(kind);
    const others = () => store.getState().interpretation.asked.filter((one) => one !== kind);
    patch(store, 'interpretation', { asked: [...others(), kind] });
    try {
      await call(signal);
    } catch (cause) {
      trainerFailed(parts, cause);
    } finally {
      if (newest.isNewest(kind, signal)) patch(store, 'interpretation', { asked: others() });
    }
  };

  /** Asks where the trainer has nothing else to do. What takes long is asked for once. */
  const askAtRest = (kind: InterpretationKind, call: (signal: AbortSignal) => Promise<void>): void => {
    const state = store.getState();
    if (runUnderWay(state) || state.training.session.is === 'elsewhere')
      tellCause(store, new Fault('busy', 'A run is under way.', 'Look into embeddings when it has ended.'));
    else if (state.device.report && (kind === 'firing' || !state.interpretation.asked.includes(kind)))
      void ask(kind, call);
  };
  const isHere = (dataset: string): boolean => store.getState().library.current === dataset;

  return {
    listRuns: async () => {
      const { current } = store.getState().library;
      if (current === null) return;
      try {
        const runs = await reads.runs(current);
        if (store.getState().library.current === current) patch(store, 'interpretation', { runs });
      } catch (cause) {
        tellCause(store, cause);
      }
    },
    trySensitivity: (subjects, logo) => {
      const whose = whoseOf(store.getState());
      if (!whose || subjects.length === 0) return;
      // What was found before stays in sight until there is something new.
      askAtRest('sensitivity', (signal) => {
        const { dataset } = whose;
        const onProgress = (findings: SensitivityFindings): void => {
          if (isHere(dataset)) patch(store, 'interpretation', { sensitivity: { dataset, ...findings } });
        };
        return trainer.call({ type: 'sensitivity', whose, subjects, logo }, { signal, onProgress });
      });
    },
    askWhy: (neighbour) => {
      const state = store.getState();
      const { row, result } = state.similar;
      const whose = result && whoseIs(state, result.encoder);
      if (!whose || row === null || !state.device.report) return;
      const stored = searchView(state).refined ? result.encoder : null;
      void ask('why', async (signal) => {
        const request = { type: 'why', whose, first: row, second: neighbour, stored } as const;
        patch(store, 'interpretation', { why: await trainer.call(request, { signal }) });
      });
    },
    represent: (chosen) => {
      const { run } = store.getState().training;
      if (!run) return;
      patch(store, 'interpretation', { representation: null });
      const representation = chosen ?? pooledBackbone(run.config.backbone);
      askAtRest('represent', async (signal) => {
        const request = { type: 'represent', dataset: run.dataset, run: run.id, representation } as const;
        const report = await trainer.call(request, { signal });
        patch(store, 'interpretation', { representation: report, dimensions: null, firing: null });
      });
    },
    interpretDimensions: () => {
      const whose = whoseOf(store.getState());
      if (!whose) return;
      patch(store, 'interpretation', { dimensions: null, firing: null });
      askAtRest('dimensions', async (signal) => {
        const dimensions = await trainer.call({ type: 'dimensions', whose }, { signal });
        if (isHere(whose.dataset)) patch(store, 'interpretation', { dimensions });
      });
    },
    askFiring: (dimension, rows) => {
      const whose = whoseOf(store.getState());
      const { dimensions } = store.getState().interpretation;
      if (!whose || !dimensions) return;
      patch(store, 'interpretation', { firing: null });
      askAtRest('firing', async (signal) => {
        const request = { type: 'firing', whose: { ...whose, run: dimensions.run }, dimension, rows } as const;
        patch(store, 'interpretation', { firing: await trainer.call(request, { signal }) });
      });
    },
    stopInterpreting: (kind) => newest.end(kind),
  };
}
