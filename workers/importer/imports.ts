import { Fault } from '../../src/core/fault';
import { type Database, openDatabase } from '../../src/database/connection';
import { putDatasetChange } from '../../src/database/datasets';
import { datasetLock, holding, unlessStoring } from '../../src/database/holding';
import { deleteDataset, sweep } from '../../src/database/storage';
import { type Handlers, serve } from '../../src/protocol/call';
import type { Channel } from '../../src/protocol/channel';
import type { Imported, ImporterCalls, ImporterCommand } from '../../src/protocol/importing';
import type { Importing } from './importing';
import { Intake } from './intake';
import { startImport } from './open';
import type { DecoderPool } from './pool';

/** The import that is going on: its files, itself once the data set is open, and its end. */
interface Current {
  intake: Intake;
  importing: Importing | null;
  cancelled: boolean;
  ended: Promise<unknown>;
}

/** Serves the page: one import at a time, and changes of data sets, each a transaction of its own. */
export function serveImports(page: Channel<unknown, unknown>, pool: DecoderPool, database?: string): void {
  let opening: Promise<Database> | null = null;
  let current: Current | null = null;

  const opened = async (): Promise<Database> => {
    const db = await openDatabase(database);
    // What is not tidied up now is at the next visit.
    void unlessStoring(() => sweep(db)).catch(() => undefined);
    return db;
  };
  const db = (): Promise<Database> => {
    opening ??= opened().catch((cause) => {
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
    const ours: Current = { intake: new Intake(), importing: null, cancelled: false, ended: Promise.resolve() };
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
      current = null; // free for the next import before the page is answered
    }
  };

  const handlers: Handlers<ImporterCalls> = {
    import: takeIn,
    change: async ({ dataset, values }) => void (await putDatasetChange(await db(), dataset, values)),
    delete: async ({ dataset }) => {
      if (current?.importing?.dataset === dataset) {
        const { ended } = current;
        cancel();
        await ended;
      }
      const refused = 'Another tab imports into this collection or trains on it.';
      await holding(datasetLock(dataset), refused, async () => deleteDataset(await db(), dataset));
    },
  };

  serve<ImporterCalls, ImporterCommand>(page, handlers, (command) => {
    switch (command.type) {
      case 'files':
        return current?.intake.add(command.files);
      case 'folder':
        return current?.intake.addFolder(command.handle, command.prefix);
      case 'end':
        return current?.intake.end();
      case 'cancel':
        return cancel();
    }
  });
}
