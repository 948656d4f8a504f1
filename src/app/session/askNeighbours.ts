import { onlyRow, type Query } from '../../core/query';
import type { SearchResult } from '../../protocol/searching';
import { searchedNow, searchOrder } from '../encoders/searchOrder';
import { tellCause } from '../store/faults';
import { currentDataset, patch, searchView } from '../store/store';
import type { Parts } from './parts';
import { embeddedQuery, rowsQuery, thumbnailQuery } from './queryVectors';

/** Searches for the query on the page: by the encoder that searches, else by the next one that may have embeddings. */
export function searchAgain(parts: Parts): void {
  const state = parts.store.getState();
  const dataset = currentDataset(state);
  if (dataset) void ask(parts, searchOrder(dataset, state.training.run?.id ?? null));
}

/**
 * Has the embeddings prepared that the data set is searched in, so that the first click need not wait for it.
 * @param whole encoders that have embedded all pictures: of others more are stored every few seconds
 */
export function prepareSearch({ store, threads }: Parts, whole: readonly string[]): void {
  const searched = searchedNow(store.getState());
  if (!searched || !whole.includes(searched.encoder)) return;
  // What goes wrong is told when something is searched for.
  threads.searcher.call({ type: 'prepare', ...searched }).catch(() => undefined);
}

async function ask(parts: Parts, order: readonly string[]): Promise<void> {
  const { store, threads, newest } = parts;
  const signal = newest.begin('search');
  const { library, similar, encoders } = store.getState();
  const { query, count } = similar;
  const { current: dataset } = library;
  if (query.length === 0 || dataset === null) return;
  const view = searchView(store.getState());
  const onProgress = (grouping: number): void => {
    if (!signal.aborted) patch(store, 'similar', { grouping });
  };
  const nearest = (encoder: string, asked: Query) =>
    threads.searcher.call({ type: 'nearest', dataset, encoder, query: asked, count, view }, { signal, onProgress });
  patch(store, 'similar', { searching: true, grouping: 0, failed: false });
  try {
    let result: SearchResult | null = null;
    const rows = rowsQuery(query);
    // What is not in the data set is embedded by the encoder that answers alone.
    for (const encoder of rows ? order : order.filter((one) => encoders.embedded.has(one))) {
      result = await nearest(encoder, rows ?? (await embeddedQuery(parts, encoder, query, signal)));
      if (result) break;
    }
    const row = rows && onlyRow(rows);
    const begun = order.find((one) => encoders.embedded.has(one));
    if (!result && row !== null && begun)
      result = await nearest(begun, await thumbnailQuery(parts, begun, dataset, row, signal));
    if (store.getState().similar.query === query) patch(store, 'similar', { searching: false, result });
  } catch (cause) {
    if (signal.aborted) return;
    patch(store, 'similar', { searching: false, result: null, failed: true });
    tellCause(store, cause);
  }
}
