import { searchOrder } from '../../core/encoders/searching';
import type { Dataset } from '../../core/records';
import type { Neighbours } from '../../protocol/searching';
import { tellCause } from '../store/faults';
import { currentDataset, patch, type Store, searchView } from '../store/store';
import type { Parts } from './parts';

/** Shows a change before the importer has stored it. */
export function changed(store: Store, dataset: Dataset, values: Partial<Dataset>): void {
  const { datasets } = store.getState().library;
  patch(store, 'library', { datasets: datasets.map((one) => (one === dataset ? { ...one, ...values } : one)) });
}

/** Asks for the like of the selected picture: of the encoder that searches, else of the next one that may have embeddings. */
export function searchAgain(parts: Parts): void {
  const state = parts.store.getState();
  const dataset = currentDataset(state);
  if (dataset) void ask(parts, searchOrder(dataset, state.training.run?.id ?? null));
}

async function ask(parts: Parts, order: readonly string[]): Promise<void> {
  const { store, threads, pending } = parts;
  const { library, similar } = store.getState();
  const { row, count } = similar;
  const { current: dataset } = library;
  if (row === null || dataset === null) return;
  const view = searchView(store.getState());
  const question = ++pending.question;
  const isNewest = (): boolean => question === pending.question && store.getState().similar.row === row;
  patch(store, 'similar', { searching: true, failed: false });
  try {
    let result: Neighbours | null = null;
    for (const run of order) {
      result = await pending.searches.ask((ticket) =>
        threads.searcher.send({ type: 'nearest', ticket, dataset, run, row, count, view }),
      );
      if (!isNewest()) return;
      if (result) break;
    }
    patch(store, 'similar', { searching: false, result });
  } catch (cause) {
    if (!isNewest()) return;
    patch(store, 'similar', { searching: false, result: null, failed: true });
    tellCause(store, cause);
  }
}
