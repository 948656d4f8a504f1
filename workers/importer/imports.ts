import { Fault } from '../../src/core/fault';
import type { SourceFolder } from '../../src/core/source_folder';
import { backupOf } from '../../src/database/backup';
import { type Database, openDatabase } from '../../src/database/connection';
import { putDatasetChange, putSetAside } from '../../src/database/datasets';
import { guarded } from '../../src/database/failure';
import { putFolder } from '../../src/database/folders';
import { datasetLock, holding, storing } from '../../src/database/holding';
import { removePictures } from '../../src/database/removal';
import { restore } from '../../src/database/restore';
import { scratchFile } from '../../src/database/scratch_file';
import { deleteDataset } from '../../src/database/storage';
import { type Handlers, serve } from '../../src/protocol/call';
import type { Channel } from '../../src/protocol/channel';
import type { Imported, ImporterCalls, ImporterCommand } from '../../src/protocol/importing';
import type { Importing } from './importing';
import { Intake } from './intake';
import { startImport } from './open';
import type { DecoderPool } from './pool';

/** Why a collection, or pictures of it, cannot be deleted or backed up now. */
const BUSY = 'Pictures are being imported into this collection, or a model is trained on it.';

/** The import that is going on: its files, itself once the data set is open, and its end. */
interface Current {
  intake: Intake;
  folders: SourceFolder[];
  importing: Importing | null;
  cancelled: boolean;
  ended: Promise<unknown>;
}

/** Serves the page: one import at a time, and changes of data sets, each a transaction of its own. */
export function serveImports(page: Channel<unknown, unknown>, pool: DecoderPool, database?: string): void {
  let opening: Promise<Database> | null = null;
  let current: Current | null = null;

  const db = (): Promise<Database> => {
    opening ??= openDatabase(database).catch((cause) => {
      opening = null;
      throw cause;
    });
    return opening;
  };

  const cancel = (): void => {
    if (!current) return;
    current.cancelled = true;
    current.intake.stop();
    current.importing?.cancel();
  };

  const takeIn: Handlers<ImporterCalls>['import'] = async (request, { progress }) => {
    if (current)
      throw new Fault('busy', 'Pictures are being imported already.', 'Wait for the end, or cancel that import.');
    const ours: Current = {
      intake: new Intake(),
      folders: [],
      importing: null,
      cancelled: false,
      ended: Promise.resolve(),
    };
    current = ours;
    const started = (importing: Importing): void => {
      ours.importing = importing;
      if (ours.cancelled) importing.cancel();
    };
    const taking = db().then(
      (opened): Promise<Imported> => startImport(opened, pool, progress, request, ours.intake, started),
    );
    ours.ended = taking.catch(() => undefined);
    try {
      return await taking;
    } finally {
      const { importing, folders } = ours;
      // A browser that stores no handles has the folder chosen again.
      if (importing)
        for (const folder of folders) await putFolder(await db(), importing.dataset, folder).catch(() => undefined);
      current = null; // free for the next import before the page is answered
    }
  };

  const handlers: Handlers<ImporterCalls> = {
    import: takeIn,
    change: async ({ dataset, values }) => void (await putDatasetChange(await db(), dataset, values)),
    'set-aside': async ({ dataset, rows, aside }) => putSetAside(await db(), dataset, rows, aside),
    'remove-pictures': async ({ dataset, rows }) =>
      holding(datasetLock(dataset), BUSY, () => storing(async () => removePictures(await db(), dataset, rows))),
    delete: async ({ dataset }) => {
      if (current?.importing?.dataset === dataset) {
        const { ended } = current;
        cancel();
        await ended;
      }
      await holding(datasetLock(dataset), BUSY, async () => deleteDataset(await db(), dataset));
    },
    'back-up': async ({ dataset }, { progress, signal }) => {
      const opened = await db();
      const parts = async function* () {
        for await (const { bytes, share } of backupOf(opened, dataset)) {
          signal.throwIfAborted();
          progress(share);
          yield bytes;
        }
      };
      return holding(datasetLock(dataset), BUSY, () =>
        guarded('backing up a collection', () => scratchFile(opened.name, parts())),
      );
    },
    restore: async ({ file }, { progress, signal }) => restore(await db(), file, progress, signal),
  };

  serve<ImporterCalls, ImporterCommand>(page, handlers, (command) => {
    switch (command.type) {
      case 'files':
        return current?.intake.add(command.files);
      case 'folder':
        current?.folders.push(command);
        return current?.intake.addFolder(command.handle, command.prefix);
      case 'end':
        return current?.intake.end();
      case 'cancel':
        return cancel();
    }
  });
}
