import { searchingEncoder } from '../../core/encoders/searching';
import { currentDataset, patch, searchView } from '../store/store';
import type { Parts } from './parts';

/**
 * Has the encoders of the data set on the page measured as it is searched, unless that was asked for since anything changed
 * that it depends on.
 */
export function evaluateSearch({ store, threads, pending }: Parts): void {
  const state = store.getState();
  const dataset = currentDataset(state);
  if (!dataset || state.library.importing) return;
  const { versions, embedded } = state.encoders;
  const beside = searchingEncoder(dataset, state.training.run?.id ?? null, embedded);
  const view = searchView(state);
  const wanted = JSON.stringify([dataset.id, dataset.count, view.refined, beside, versions, state.labels.columns]);
  if (wanted === pending.evaluation) return;
  pending.evaluation = wanted;
  patch(store, 'encoders', { evaluating: true });
  threads.evaluator.send({ type: 'evaluate-search', dataset: dataset.id, view, beside });
}
