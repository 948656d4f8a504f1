import type { Dataset, DatasetChange } from '../../core/records';
import { tellCause } from '../store/faults';
import { patch } from '../store/store';
import type { Parts } from './parts';
import { CURRENT, clearRun, settleSettings, showDataset } from './showing';
import { remember } from './unsaved';

/** localStorage key: pictures were stored here. It may outlive them, so that their loss can be told. */
export const KEPT = 'lookalike.pictures';

/** Reads anew which data sets there are. */
export async function readDatasets(parts: Parts): Promise<void> {
  listDatasets(parts, await parts.reads.datasets());
}

/** Lists these data sets. When the one on the page is not among them, the newest takes its place. */
export function listDatasets(parts: Parts, datasets: readonly Dataset[]): void {
  const { store, memory } = parts;
  const [newest, ...others] = datasets.toSorted((a, b) => b.createdAt - a.createdAt);
  patch(store, 'library', { datasets: newest ? [newest, ...others] : [] });
  if (newest) memory.setItem(KEPT, String(Date.now()));
  else memory.removeItem(KEPT);
  const { current } = store.getState().library;
  if (current === null || datasets.some(({ id }) => id === current)) return;
  memory.removeItem(CURRENT);
  if (newest) {
    void showDataset(parts, newest.id);
    return;
  }
  patch(store, 'library', { current: null, refusals: [] });
  clearRun(store);
  settleSettings(store, {});
}

/** Changes what the user says of a data set: on the page at once, then where it is stored, if need be at the next visit. */
export function changeDataset({ store, threads, tabs, memory }: Parts, id: string, values: DatasetChange): void {
  const { datasets } = store.getState().library;
  patch(store, 'library', { datasets: datasets.map((one) => (one.id === id ? { ...one, ...values } : one)) });
  const stored = remember(memory, id, values);
  threads.importer
    .call({ type: 'change', dataset: id, values })
    .then(() => tabs.tell({ of: 'datasets' }))
    .catch((cause) => tellCause(store, cause))
    .finally(stored);
}

/** Has a data set deleted with all that is stored of it. Rejects with a Fault where another tab works on it. */
export async function removeDataset(parts: Parts, id: string): Promise<void> {
  const { threads, tabs, store } = parts;
  await forget(parts, id);
  try {
    await threads.importer.call({ type: 'delete', dataset: id });
  } catch (cause) {
    await forget(parts, id, true);
    throw cause;
  }
  tabs.tell({ of: 'datasets' });
  const { datasets } = store.getState().library;
  listDatasets(
    parts,
    datasets.filter((dataset) => dataset.id !== id),
  );
}

/** Ends what is asked of a data set that is deleted, or lets it be asked again. */
export async function forget({ threads }: Parts, dataset: string, kept = false): Promise<void> {
  const request = { type: 'forget', dataset, kept } as const;
  // A thread that is lost has nothing to end.
  await Promise.allSettled([threads.trainer.call(request), threads.evaluator.call(request)]);
}
