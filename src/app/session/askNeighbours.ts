import type { Neighbours } from '../../protocol/searching';
import { searchOrder } from '../encoders/searchOrder';
import { tellCause } from '../store/faults';
import { currentDataset, patch, searchView } from '../store/store';
import type { Parts } from './parts';

/** Asks for the like of the selected picture: of the encoder that searches, else of the next one that may have embeddings. */
export function searchAgain(parts: Parts): void {
  const state = parts.store.getState();
  const dataset = currentDataset(state);
  if (dataset) void ask(parts, searchOrder(dataset, state.training.run?.id ?? null));
}

async function ask({ store, threads, newest }: Parts, order: readonly string[]): Promise<void> {
  const signal = newest.begin('search');
  const { library, similar } = store.getState();
  const { row, count } = similar;
  const { current: dataset } = library;
  if (row === null || dataset === null) return;
  const view = searchView(store.getState());
  patch(store, 'similar', { searching: true, failed: false });
  try {
    let result: Neighbours | null = null;
    for (const run of order) {
      result = await threads.searcher.call({ type: 'nearest', dataset, run, row, count, view }, { signal });
      if (result) break;
    }
    if (store.getState().similar.row === row) patch(store, 'similar', { searching: false, result });
  } catch (cause) {
    if (signal.aborted) return;
    patch(store, 'similar', { searching: false, result: null, failed: true });
    tellCause(store, cause);
  }
}
