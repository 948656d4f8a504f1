import type { Parts } from '../../app/session/parts';
import { askBaseline, CURRENT, clearRun, settleSettings, showDataset } from '../../app/session/showing';
import type { Actions } from '../../app/store/actions';
import { announce, tell } from '../../app/store/faults';
import { patch } from '../../app/store/store';
import type { Dataset } from '../../core/records';
import type { FromImporter } from '../../protocol/importing';
import { counted } from '../../widgets/amounts';
import { withdraw } from './emptyImport';
import { KEPT } from './library';

/** Takes in what the importer says. `takeLabels`: of a table that lay beside the pictures. */
export function onImporterMessage(parts: Parts, message: FromImporter, takeLabels: Actions['takeLabels']): void {
  const { store } = parts;
  const { datasets, current, refusals } = store.getState().library;
  switch (message.type) {
    case 'progress': {
      const { progress } = message;
      // A last word from an import that has ended must not bring it back.
      if (!parts.pending.import) return;
      patch(store, 'library', {
        importing: progress,
        datasets: datasets.map((one) => (one.id === progress.dataset ? { ...one, count: progress.taken } : one)),
      });
      return;
    }
    case 'refused': {
      const here = message.refusals.filter(({ dataset }) => dataset === current);
      if (here.length > 0) patch(store, 'library', { refusals: [...refusals, ...here] });
      return;
    }
    case 'dataset':
      onDataset(parts, message.dataset, message.ended);
      return;
    case 'labels':
      if (message.dataset === current) takeLabels(message.file);
      return;
    case 'deleted':
      onDeleted(parts, message.dataset);
      return;
    case 'decoder-lost':
      parts.threads.replaceDecoder(message.index);
      return;
    case 'fault':
      tell(store, message.fault);
      // One that was opened says its end itself.
      if (parts.pending.import?.opened === false) endImport(parts);
  }
}

function onDataset(parts: Parts, dataset: Dataset, ended: boolean): void {
  const { store, memory, pending } = parts;
  const { datasets, current } = store.getState().library;
  const others = datasets.filter(({ id }) => id !== dataset.id);
  patch(store, 'library', { datasets: [dataset, ...others].sort((a, b) => b.createdAt - a.createdAt), evicted: false });
  memory.setItem(KEPT, String(Date.now()));
  // The data set being imported takes the page, so that its pictures appear as they come.
  const opened = !ended && pending.import?.opened === false;
  if (opened && pending.import) Object.assign(pending.import, { opened: true, before: current, was: dataset });
  if (opened && dataset.id !== current) void showDataset(parts, dataset.id);
  if (ended) importEnded(parts, dataset);
}

function importEnded(parts: Parts, dataset: Dataset): void {
  const { store, pending } = parts;
  const ours = pending.import;
  endImport(parts);
  if (ours && dataset.count === 0) {
    withdraw(parts, dataset, ours.before);
    return;
  }
  if (ours?.was && ours.was.count > 0) announce(store, added(ours.was, dataset));
  settleSettings(store, store.getState().settings.edited);
  askBaseline(parts);
  // The browser may ask the user; a no changes nothing.
  void globalThis.navigator?.storage?.persist?.();
}

/** What adding to a data set came to. */
function added(was: Dataset, { name, count, refused }: Dataset): string {
  const skipped = refused > was.refused ? ` ${counted(refused - was.refused, 'file')} skipped.` : '';
  const more = count - was.count;
  if (more > 0) return `${counted(more, 'picture')} added to “${name}”.${skipped}`;
  return skipped === '' ? `Nothing new: these are in “${name}” already.` : `Nothing added to “${name}”.${skipped}`;
}

function endImport({ store, pending }: Parts): void {
  patch(store, 'library', { importing: null });
  pending.import?.ended();
  pending.import = null;
}

function onDeleted(parts: Parts, id: string): void {
  const { store, memory, pending } = parts;
  const datasets = store.getState().library.datasets.filter((dataset) => dataset.id !== id);
  patch(store, 'library', { datasets });
  pending.deleted(id);
  if (datasets.length === 0) memory.removeItem(KEPT);
  if (store.getState().library.current !== id) return;
  memory.removeItem(CURRENT);
  if (datasets.length > 0) {
    void showDataset(parts, datasets[0].id);
    return;
  }
  patch(store, 'library', { current: null, refusals: [] });
  clearRun(store);
  settleSettings(store, {});
}

/** The importer's thread died: what was written stays, the data set is marked as cut off. */
export function importerLost(parts: Parts, message: string): void {
  endImport(parts);
  tell(parts.store, {
    kind: 'bug',
    message: `The import ended unexpectedly: ${message}.`,
    advice: 'The pictures taken in so far are kept. Drop the same folder again to take in the rest.',
  });
}
