import { searchOrder } from '../core/encoders/searching';
import { Fault } from '../core/fault';
import type { Dataset } from '../core/records';
import type { FromSearcher } from '../protocol/searching';
import type { Actions } from './actions';
import { tell } from './faults';
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
      patch(store, 'similar', row === null ? { row, result: null, searching: false } : { row });
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
    },
  };
}

/** Shows a change before the importer has stored it. */
function changed(store: Store, dataset: Dataset, values: Partial<Dataset>): void {
  const { datasets } = store.getState().library;
  patch(store, 'library', { datasets: datasets.map((one) => (one === dataset ? { ...one, ...values } : one)) });
}

/** Asks for the like of the selected picture: of the encoder that searches, else of the next one that may have embeddings. */
export function searchAgain(parts: Parts): void {
  const state = parts.store.getState();
  const dataset = currentDataset(state);
  if (dataset) ask(parts, searchOrder(dataset, state.training.run?.id ?? null));
}

function ask(parts: Parts, order: readonly string[]): void {
  const { store, threads, pending } = parts;
  const { library, similar } = store.getState();
  const { row, count } = similar;
  const view = searchView(store.getState());
  if (row === null || library.current === null) return;
  const [run, ...others] = order;
  const ticket = pending.question.ticket + 1;
  pending.question = { ticket, others };
  patch(store, 'similar', { searching: true });
  threads.searcher.send({ type: 'nearest', ticket, dataset: library.current, run, row, count, view });
}

/** Takes in what the searcher says. */
export function hearSearcher(parts: Parts, message: FromSearcher): void {
  const { store, pending } = parts;
  if (message.ticket < 0) {
    hearSideBySide(parts, message);
    return;
  }
  const { ticket, others } = pending.question;
  if (message.ticket !== ticket || store.getState().similar.row === null) return;
  if (message.type === 'fault') {
    patch(store, 'similar', { searching: false, result: null });
    tell(store, message.fault);
  } else if (message.result === null && others.length > 0) ask(parts, others);
  else patch(store, 'similar', { searching: false, result: message.result });
}

/** Answers about runs side by side have tickets of their own, below 0. */
function hearSideBySide({ pending }: Parts, message: FromSearcher): void {
  if (message.type === 'nearest') pending.searches.answer(-message.ticket, message.result);
  else {
    const { kind, message: words, advice } = message.fault;
    pending.searches.refuse(-message.ticket, new Fault(kind === 'bug' ? 'data' : kind, words, advice));
  }
}
