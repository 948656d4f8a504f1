import { mayRead } from '../../app/pictures/originals';
import type { Parts } from '../../app/session/parts';
import type { Actions } from '../../app/store/actions';
import { tellCause } from '../../app/store/faults';
import { Fault } from '../../core/fault';
import type { SourceFolder } from '../../core/source_folder';
import type { NamedFile } from '../../protocol/importing';

async function* none(): AsyncGenerator<NamedFile> {}

/** Folders that pictures came from are looked through anew; what is in already is folded. */
export function rescanActions(
  { store, reads }: Parts,
  importFiles: Actions['importFiles'],
): Pick<Actions, 'rescannable' | 'rescan'> {
  return {
    rescannable: async () => {
      const ids = store.getState().library.datasets.map(({ id }) => id);
      const known = await Promise.all(ids.map(async (id) => (await reads.folders(id)).length > 0));
      return new Set(ids.filter((_, at) => known[at]));
    },
    rescan: async (id) => {
      const folders: SourceFolder[] = [];
      for (const folder of await reads.folders(id)) if (await mayRead(folder.handle, true)) folders.push(folder);
      const name = store.getState().library.datasets.find((dataset) => dataset.id === id)?.name ?? '';
      if (folders.length > 0)
        await importFiles({ name, named: true, folders, files: none(), only: null }, { into: id });
      else
        tellCause(
          store,
          new Fault(
            'file',
            `The folder of “${name}” may not be read.`,
            'Rescan again, and allow it when the browser asks.',
          ),
        );
    },
  };
}
