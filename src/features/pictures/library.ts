import { changeDataset, KEPT, removeDataset } from '../../app/session/datasetList';
import type { Parts } from '../../app/session/parts';
import { CURRENT, calledOff, showDataset } from '../../app/session/showing';
import { choiceKey } from '../../app/session/testedLabels';
import { forgetChange, recall } from '../../app/session/unsaved';
import type { Actions, Gathered } from '../../app/store/actions';
import { tellCause } from '../../app/store/faults';
import { currentDataset, patch, runUnderWay, type Store } from '../../app/store/store';
import { prepare } from '../../app/training/device';
import { Fault } from '../../core/fault';
import { gather } from './gather';
import { Import } from './importing';
import { SAMPLE_NAME, sampleFiles } from './sample';

type LibraryActions = Pick<
  Actions,
  'openLibrary' | 'importFiles' | 'importSample' | 'cancelImport' | 'selectDataset' | 'renameDataset' | 'deleteDataset'
>;

type ImportOptions = Parameters<Actions['importFiles']>[1];

/** `takeLabels`: of a table that lies beside pictures. */
export function libraryActions(parts: Parts, takeLabels: Actions['takeLabels']): LibraryActions {
  const { store, reads, memory } = parts;

  const openLibrary = async (): Promise<void> => {
    void prepare(parts);
    try {
      const datasets = await reads.datasets();
      datasets.sort((a, b) => b.createdAt - a.createdAt);
      patch(store, 'library', { datasets, evicted: datasets.length === 0 && memory.getItem(KEPT) !== null });
      store.setState({ weights: await reads.weights() });
      const last = datasets.find(({ id }) => id === memory.getItem(CURRENT)) ?? datasets[0];
      for (const { id } of datasets) {
        const unsaved = recall(memory, id);
        if (unsaved) changeDataset(parts, id, unsaved);
      }
      if (last) await showDataset(parts, last.id);
    } catch (cause) {
      tellCause(store, cause);
    }
    patch(store, 'library', { ready: true });
  };

  let current: Import | null = null;
  const takeIn = async (gathering: Promise<Gathered>, options?: ImportOptions): Promise<void> => {
    // An unused promise that fails would count as an uncaught error; whoever awaits it below is told.
    gathering.catch(() => undefined);
    if (refuseWhileTraining(store) || refuseSecondImport(store)) return;
    current = new Import(parts, takeLabels);
    await current.run(gathering, options);
  };

  const selectDataset = async (id: string): Promise<void> => {
    if (id === store.getState().library.current || refuseWhileTraining(store)) return;
    await showDataset(parts, id);
  };

  return {
    openLibrary,
    selectDataset,
    importFiles: (source, options) => takeIn(gather(source), options),
    importSample: async () => {
      const there = store.getState().library.datasets.find(({ name, complete }) => name === SAMPLE_NAME && complete);
      if (there) await selectDataset(there.id);
      else
        await takeIn(
          Promise.resolve({ name: SAMPLE_NAME, named: true, folders: [], files: sampleFiles(), only: null }),
        );
    },
    cancelImport: () => {
      if (store.getState().library.importing) current?.cancel();
    },
    renameDataset: (id, name) => {
      if (name.trim() !== '') changeDataset(parts, id, { name: name.trim() });
    },
    deleteDataset: async (id) => {
      if (id === store.getState().library.current && refuseWhileTraining(store)) return;
      memory.removeItem(choiceKey(id));
      memory.removeItem(calledOff(id));
      forgetChange(memory, id);
      await removeDataset(parts, id).catch((cause) => tellCause(store, cause));
    },
  };
}

/** A run holds its data set on the page: its rows are what probes and views speak of. */
function refuseWhileTraining(store: Store): boolean {
  const state = store.getState();
  if (!runUnderWay(state)) return false;
  const name = currentDataset(state)?.name ?? 'this collection';
  tellCause(store, new Fault('busy', `A run on “${name}” is under way.`, 'Stop it first; it can be extended later.'));
  return true;
}

function refuseSecondImport(store: Store): boolean {
  if (!store.getState().library.importing) return false;
  tellCause(
    store,
    new Fault('busy', 'Pictures are being imported already.', 'Wait for the end, or cancel that import.'),
  );
  return true;
}
