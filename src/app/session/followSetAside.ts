import { currentDataset, patch } from '../store/store';
import { searchAgain } from './askNeighbours';
import { evaluateSearch } from './evaluating';
import type { Parts } from './parts';
import { settleSettings } from './showing';

/** When pictures are set aside or restored, in whichever tab: searches, tests and the next run go by the others anew. */
export function followSetAside(parts: Parts): void {
  const { store } = parts;
  store.subscribe((state, before) => {
    const [now, was] = [currentDataset(state), currentDataset(before)];
    if (!now || now.id !== was?.id || now.setAside === was.setAside) return;
    if (String(now.setAside ?? '') === String(was.setAside ?? '')) return;
    patch(store, 'tests', { version: state.tests.version + 1 });
    settleSettings(store, state.settings.edited);
    searchAgain(parts);
    evaluateSearch(parts);
  });
}
