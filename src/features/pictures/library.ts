import type { Parts } from '../../app/session/parts';
import { CURRENT, calledOff, showDataset } from '../../app/session/showing';
import { choiceKey } from '../../app/session/testedLabels';
import type { Actions, Gathered } from '../../app/store/actions';
import { tellCause } from '../../app/store/faults';
import { currentDataset, patch, runUnderWay, type Store } from '../../app/store/store';
import type { RunningImport } from '../../app/threads/pending';
import { prepare } from '../../app/training/device';
import { trainerFailed } from '../../app/training/trainerLost';
import { Fault } from '../../core/fault';
import type { NamedFile } from '../../protocol/importing';
import { gather } from './gather';
import { SAMPLE_NAME, sampleFiles } from './sample';

/** localStorage key: pictures were stored here. It may outlive them, so that their loss can be told. */
export const KEPT = 'lookalike.pictures';

/**
 * Files a message: sending one costs the page about a quarter of a millisecond, and it must not stop for longer than a
 * frame. Between messages the page has its turn.
 */
const BATCH = 32;

type LibraryActions = Pick<
  Actions,
  'openLibrary' | 'importFiles' | 'importSample' | 'cancelImport' | 'selectDataset' | 'renameDataset' | 'deleteDataset'
>;

type ImportOptions = Parameters<Actions['importFiles']>[1];

export function libraryActions(parts: Parts): LibraryActions {
  const { store, threads, reads, memory, pending } = parts;

  const openLibrary = async (): Promise<void> => {
    void prepare(parts);
    try {
      const datasets = await reads.datasets();
      datasets.sort((a, b) => b.createdAt - a.createdAt);
      patch(store, 'library', { datasets, evicted: datasets.length === 0 && memory.getItem(KEPT) !== null });
      store.setState({ weights: await reads.weights() });
      const last = datasets.find(({ id }) => id === memory.getItem(CURRENT)) ?? datasets[0];
      if (last) await showDataset(parts, last.id);
    } catch (cause) {
      tellCause(store, cause);
    }
    patch(store, 'library', { ready: true });
  };

  /** Sends files in batches as they are found; a cancelled import ends the walk. */
  const sendFiles = async (files: AsyncIterable<NamedFile>, ours: RunningImport): Promise<void> => {
    let batch: NamedFile[] = [];
    for await (const file of files) {
      if (ours.cancelled) return;
      batch.push(file);
      if (batch.length < BATCH) continue;
      threads.importer.send({ type: 'files', files: batch });
      batch = [];
      await new Promise((resolve) => setTimeout(resolve));
    }
    if (batch.length > 0) threads.importer.send({ type: 'files', files: batch });
  };

  /** The importer ends it and says so, whatever it has taken in until then. */
  const cancel = (ours: RunningImport): void => {
    ours.cancelled = true;
    threads.importer.send({ type: 'cancel' });
  };

  const takeIn = async (gathering: Promise<Gathered>, options: ImportOptions = {}): Promise<void> => {
    // An unused promise that fails would count as an uncaught error; whoever awaits it below is told.
    gathering.catch(() => undefined);
    if (refuseWhileTraining(store) || refuseSecondImport(parts)) return;
    const ours: RunningImport = { opened: false, before: null, cancelled: false, was: null, ended: () => undefined };
    const ended = new Promise<void>((resolve) => {
      ours.ended = resolve;
    });
    pending.import = ours;
    let begun = false;
    try {
      const { name: given, folders, files } = await gathering;
      const name = options.name ?? given;
      const cutOff = store.getState().library.datasets.find((dataset) => !dataset.complete && dataset.name === name);
      threads.importer.send({ type: 'open', name, into: options.into ?? cutOff?.id, side: options.side });
      begun = true;
      // Several folders keep their names in the paths, and with them as labels.
      const prefix = (handle: FileSystemHandle): string => (folders.length > 1 ? `${handle.name}/` : '');
      for (const handle of folders) threads.importer.send({ type: 'folder', handle, prefix: prefix(handle) });
      await sendFiles(files, ours);
      if (!ours.cancelled) threads.importer.send({ type: 'end' });
    } catch (cause) {
      tellCause(store, cause);
      if (begun) cancel(ours);
      else {
        pending.import = null;
        ours.ended();
      }
    }
    await ended;
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
      if (pending.import) cancel(pending.import);
    },
    renameDataset: (id, name) => {
      if (name.trim() !== '') threads.importer.send({ type: 'rename', dataset: id, name: name.trim() });
    },
    deleteDataset: async (id) => {
      if (id === store.getState().library.current && refuseWhileTraining(store)) return;
      const deleted = pending.deletion(id);
      void threads.trainer.call({ type: 'forget', dataset: id }).catch((cause) => trainerFailed(parts, cause));
      void threads.evaluator.call({ type: 'forget', dataset: id }).catch((cause) => tellCause(store, cause));
      memory.removeItem(choiceKey(id));
      memory.removeItem(calledOff(id));
      threads.importer.send({ type: 'delete', dataset: id });
      await deleted;
    },
  };
}

/** A run holds its data set on the page: its rows are what probes and views speak of. */
function refuseWhileTraining(store: Store): boolean {
  const state = store.getState();
  if (!runUnderWay(state)) return false;
  const name = currentDataset(state)?.name ?? 'this data set';
  tellCause(store, new Fault('busy', `A run on “${name}” is under way.`, 'Stop it first; it can be extended later.'));
  return true;
}

function refuseSecondImport({ store, pending }: Parts): boolean {
  if (!pending.import) return false;
  tellCause(
    store,
    new Fault('busy', 'Pictures are being imported already.', 'Wait for the end, or cancel that import.'),
  );
  return true;
}
