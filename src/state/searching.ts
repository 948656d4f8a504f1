import { searchOrder } from '../core/encoders/searching';
import { Fault } from '../core/fault';
import type { Dataset } from '../core/records';
import type { FromSearcher, Neighbours } from '../protocol/searching';
import type { Actions } from './actions';
import { evaluateSearch } from './evaluating';
import { tellCause } from './faults';
import type { Parts } from './parts';
import { currentDataset, patch, type Store, searchView } from './store';

/** Probe pictures shown at a time. */
const PROBES = 6;

type SearchActions = Pick<Actions, 'pinProbe' | 'select' | 'setNeighbourCount' | 'searchBy'>;

export function searchActions(parts: Parts): SearchActions {
  const { store, threads } = parts;
  return {
    pinProbe: (row) => {
      const dataset = currentDataset(store.getState());
      if (!dataset) return;
      const pinned = dataset.pins.includes(row);
      const rows = pinned ? dataset.pins.filter((pin) => pin !== row) : [...dataset.pins, row].slice(-PROBES);
      changed(store, dataset, { pins: rows });
      threads.importer.send({ type: 'pin', dataset: dataset.id, rows });
      threads.trainer.send({ type: 'pin', rows });
    },
    select: (row) => {
      patch(store, 'similar', row === null ? { row, result: null, searching: false, failed: false } : { row });
      searchAgain(parts);
    },
    setNeighbourCount: (count) => {
      patch(store, 'similar', { count });
      searchAgain(parts);
    },
    searchBy: (switched) => {
      const dataset = currentDataset(store.getState());
      if (!dataset) return;
      const view = { ...searchView(store.getState()), ...switched };
      changed(store, dataset, { searchView: view });
      threads.importer.send({ type: 'search-view', dataset: dataset.id, view });
      searchAgain(parts);
      evaluateSearch(parts);
    },
  };
}

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

/** Takes in what the searcher says. */
export function hearSearcher(parts: Parts, message: FromSearcher): void {
  const { searches } = parts.pending;
  if (message.type === 'nearest') {
    searches.answer(message.ticket, message.result);
    return;
  }
  const { kind, message: words, advice } = message.fault;
  if (kind === 'bug') searcherLost(parts, words);
  else searches.refuse(message.ticket, new Fault(kind, words, advice));
}

/**
 * The searcher's thread died, or what it threw may have left it broken: another thread is asked what it was asked,
 * once. Nothing that was found for another picture stays meanwhile.
 */
export function searcherLost({ store, threads, pending }: Parts, why: string): void {
  threads.end('searcher');
  if (store.getState().similar.searching) patch(store, 'similar', { result: null });
  pending.searches.askAgain(
    new Fault(
      'data',
      `The search ended unexpectedly: ${why.replace(/\.$/, '')}.`,
      'Search again. If that fails too, reload the page: your pictures and the last checkpoint are kept.',
    ),
  );
}
