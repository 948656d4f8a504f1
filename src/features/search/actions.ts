import { searchAgain } from '../../app/session/askNeighbours';
import { changeDataset } from '../../app/session/datasetList';
import { evaluateSearch } from '../../app/session/evaluating';
import type { Parts } from '../../app/session/parts';
import type { Actions } from '../../app/store/actions';
import { currentDataset, patch, searchView } from '../../app/store/store';
import { Fault } from '../../core/fault';

/** Probe pictures shown at a time. */
const PROBES = 6;

type SearchActions = Pick<Actions, 'pinProbe' | 'setNeighbourCount' | 'searchBy'>;

export function searchActions(parts: Parts): SearchActions {
  const { store, threads } = parts;
  return {
    pinProbe: (row) => {
      const dataset = currentDataset(store.getState());
      if (!dataset) return;
      const pinned = dataset.pins.includes(row);
      const rows = pinned ? dataset.pins.filter((pin) => pin !== row) : [...dataset.pins, row].slice(-PROBES);
      changeDataset(parts, dataset.id, { pins: rows });
      threads.trainer.send({ type: 'pin', rows });
    },
    setNeighbourCount: (count) => {
      patch(store, 'similar', { count });
      searchAgain(parts);
    },
    searchBy: (switched) => {
      const dataset = currentDataset(store.getState());
      if (!dataset) return;
      const view = { ...searchView(store.getState()), ...switched };
      changeDataset(parts, dataset.id, { searchView: view });
      searchAgain(parts);
      evaluateSearch(parts);
    },
  };
}

/** The searcher's thread died: another one is asked what it was asked, once. Nothing found for another picture stays meanwhile. */
export function searcherLost({ store, threads }: Parts, why: string): void {
  if (store.getState().similar.searching) patch(store, 'similar', { result: null });
  threads.searcher.lost(
    new Fault(
      'data',
      `The search ended unexpectedly: ${why.replace(/\.$/, '')}.`,
      'Search again. If that fails too, reload the page: your pictures and the last checkpoint are kept.',
    ),
    true,
  );
}
