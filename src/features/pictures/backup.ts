import { forget, listDatasets } from '../../app/session/datasetList';
import type { Parts } from '../../app/session/parts';
import { showDataset } from '../../app/session/showing';
import type { Actions } from '../../app/store/actions';
import { announce } from '../../app/store/faults';
import { patch, runUnderWay } from '../../app/store/store';
import { bytes, counted } from '../../core/amounts';
import { heldCount } from '../../core/set_aside';
import { download, fileName } from '../../widgets/download';
import { copying } from './copying';

type BackupActions = Pick<Actions, 'backUp' | 'openBackup' | 'cancelCopy' | 'usage'>;

/** How files of whole collections are called. */
export const BACKUP = '.lookalike';

/** One collection at a time becomes a file, or comes out of one. */
export function backupActions(parts: Parts): BackupActions {
  const { store, threads, newest, tabs } = parts;
  return {
    backUp: async (id) => {
      const name = store.getState().library.datasets.find((one) => one.id === id)?.name ?? '';
      await copying(parts, `Backing up “${name}”`, async (options) => {
        const file = await threads.importer.call({ type: 'back-up', dataset: id }, options);
        download(`${fileName(name)}${BACKUP}`, file);
        announce(store, `“${name}” is backed up: ${bytes(file.size)}, saved where downloads lie.`);
      });
    },
    openBackup: (file) =>
      copying(parts, 'Opening the back-up', async (options) => {
        const dataset = await threads.importer.call({ type: 'restore', file }, options);
        // Deleted in this visit it had been given up.
        await forget(parts, dataset.id, true);
        tabs.tell({ of: 'datasets' });
        const state = store.getState();
        listDatasets(parts, [dataset, ...state.library.datasets]);
        patch(store, 'library', { evicted: false });
        announce(store, `“${dataset.name}” is back, with ${counted(heldCount(dataset), 'picture')}.`);
        if (!runUnderWay(state)) await showDataset(parts, dataset.id);
        store.setState({ weights: await parts.reads.weights() });
      }),
    cancelCopy: () => newest.end('copy'),
    usage: () => parts.reads.usage(),
  };
}
