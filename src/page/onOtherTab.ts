import { forget, readDatasets } from '../app/session/datasetList';
import { evaluateSearch } from '../app/session/evaluating';
import type { Parts } from '../app/session/parts';
import { announce, tellCause } from '../app/store/faults';
import { patch } from '../app/store/store';
import type { Change } from '../app/threads/tabs';
import { encodersChanged } from '../features/encoders/encoders';

/** Reads anew what another tab has changed, as far as it is on the page. */
export function onOtherTab(parts: Parts, change: Change): void {
  const reading = change.of === 'datasets' ? datasetsChanged(parts) : partChanged(parts, change.of, change.dataset);
  reading.catch((cause) => tellCause(parts.store, cause));
}

async function datasetsChanged(parts: Parts): Promise<void> {
  const { store } = parts;
  const before = store.getState().library;
  await readDatasets(parts);
  const { datasets } = store.getState().library;
  // One that was deleted may be back, out of its back-up.
  for (const { id } of datasets.filter((one) => !before.datasets.some(({ id }) => id === one.id)))
    await forget(parts, id, true);
  for (const { id, name } of before.datasets.filter((one) => !datasets.some(({ id }) => id === one.id))) {
    await forget(parts, id);
    if (id === before.current) announce(store, `“${name}” was deleted in another tab.`);
  }
}

async function partChanged(parts: Parts, of: 'labels' | 'encoders', dataset: string): Promise<void> {
  const { store, reads } = parts;
  const shown = (): boolean => store.getState().library.current === dataset;
  if (!shown()) return;
  if (of === 'encoders') {
    await encodersChanged(parts, dataset);
    return;
  }
  const columns = await reads.labels(dataset);
  if (!shown()) return;
  patch(store, 'labels', { columns });
  patch(store, 'tests', { version: store.getState().tests.version + 1 });
  evaluateSearch(parts);
}
