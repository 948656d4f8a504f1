import { Fault } from '../../core/fault';
import type { EvaluatorCalls } from '../../protocol/evaluating';
import { searchingEncoder } from '../encoders/searchOrder';
import { tellCause } from '../store/faults';
import { currentDataset, patch, searchView } from '../store/store';
import type { Parts } from './parts';

/**
 * Has the encoders of the data set on the page evaluated as it is searched, unless that was asked for since anything changed
 * that it depends on.
 */
export function evaluateSearch(parts: Parts): void {
  const { store, pending } = parts;
  const state = store.getState();
  const dataset = currentDataset(state);
  if (!dataset || state.library.importing) return;
  const { versions, embedded } = state.encoders;
  const beside = searchingEncoder(dataset, state.training.run?.id ?? null, embedded);
  const view = searchView(state);
  const { id, count, setAside } = dataset;
  const measured = JSON.stringify([id, count, setAside, view.refined, versions, state.labels.columns]);
  const wanted = `${measured} ${beside}`;
  if (wanted === pending.evaluation) return;
  const known = pending.evaluation.startsWith(measured) && !state.encoders.evaluating;
  pending.evaluation = wanted;
  void ask(parts, { dataset: dataset.id, view, beside }, known);
}

type Asked = Parameters<EvaluatorCalls['evaluate-search']>[0];

/** @param known whether only differences are taken anew, from another encoder: what is shown stays true meanwhile */
async function ask({ store, threads, newest }: Parts, asked: Asked, known: boolean): Promise<void> {
  const signal = newest.begin('evaluate-search');
  patch(store, 'encoders', { evaluating: !known });
  try {
    const evaluation = await threads.evaluator.call({ type: 'evaluate-search', ...asked }, { signal });
    if (asked.dataset === store.getState().library.current) patch(store, 'encoders', { evaluation });
  } catch (cause) {
    tellCause(store, cause);
  } finally {
    if (!signal.aborted) patch(store, 'encoders', { evaluating: false });
  }
}

/** The evaluator's thread died: what it had stored is kept, whoever waits for it is told. */
export function evaluatorLost({ threads, pending }: Parts, why: string): void {
  pending.evaluation = '';
  threads.evaluator.lost(
    new Fault('data', `The tests ended unexpectedly: ${why}.`, 'What was found before is kept. Run them again.'),
  );
}
