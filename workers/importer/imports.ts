import { Fault, faultReport } from '../../src/core/fault';
import type { DatasetChange } from '../../src/core/records';
import { type Database, openDatabase } from '../../src/database/connection';
import { deleteDatasetRows, putDatasetChange, sweepPixelFiles } from '../../src/database/datasets';
import type { FromImporter, ToImporter } from '../../src/protocol/importing';
import type { Importing } from './importing';
import { Intake } from './intake';
import { startImport } from './open';
import { DecoderPool } from './pool';

/** The import that is going on: its files, itself once the data set is open, and its end. */
interface Current {
  intake: Intake;
  importing: Importing | null;
  cancelled: boolean;
  dataset: string | null;
  ended: Promise<void>;
}

/** Answers the page's messages: one import at a time, and changes of data sets, in the order they were asked for. */
export function serveImports(send: (message: FromImporter) => void, database?: string): (message: ToImporter) => void {
  const pool = new DecoderPool((index) => send({ type: 'decoder-lost', index }));
  let opening: Promise<Database> | null = null;
  let current: Current | null = null;
  let changes: Promise<void> = Promise.resolve();

  const opened = async (): Promise<Database> => {
    const db = await openDatabase(database);
    void sweepPixelFiles(db); // What a tab that was closed amid a deletion has left.
    return db;
  };
  const db = (): Promise<Database> => {
    opening ??= opened().catch((cause) => {
      opening = null;
      throw cause;
    });
    return opening;
  };
  const tell = (cause: unknown): void => send({ type: 'fault', fault: faultReport(cause) });
  /** Runs a change after those asked for before; its failure is told. */
  const inTurn = (change: () => Promise<void>): void => {
    changes = changes.then(change).catch(tell);
  };

  const open = (message: Extract<ToImporter, { type: 'open' }>): void => {
    if (current) {
      tell(new Fault('busy', 'Pictures are being imported already.', 'Wait for the end, or cancel that import.'));
      return;
    }
    const ours: Current = {
      intake: new Intake(),
      importing: null,
      cancelled: false,
      dataset: message.into ?? null,
      ended: Promise.resolve(),
    };
    current = ours;
    const started = (importing: Importing): void => {
      ours.importing = importing;
      ours.dataset = importing.dataset;
      if (ours.cancelled) importing.cancel();
    };
    ours.ended = db()
      .then((opened) => startImport(opened, pool, send, message, ours.intake, started))
      .then((dataset) => {
        // First free for the next import, then say so.
        current = null;
        send({ type: 'dataset', dataset, ended: true });
      })
      .catch((cause) => {
        current = null;
        tell(cause);
      });
  };

  const cancel = (): void => {
    if (!current) return;
    current.cancelled = true;
    current.intake.stop();
    current.importing?.cancel();
  };

  const change = async (id: string, values: DatasetChange): Promise<void> => {
    const dataset = await putDatasetChange(await db(), id, values);
    if (dataset) send({ type: 'dataset', dataset, ended: false });
  };

  const remove = async (id: string): Promise<void> => {
    if (current?.dataset === id) {
      const { ended } = current;
      cancel();
      await ended;
    }
    await deleteDatasetRows(await db(), id);
    send({ type: 'deleted', dataset: id });
  };

  return (message) => {
    switch (message.type) {
      case 'decoders':
        return message.ports.forEach((port) => {
          pool.add(port);
        });
      case 'open':
        return open(message);
      case 'files':
        return current?.intake.add(message.files);
      case 'folder':
        return current?.intake.addFolder(message.handle, message.prefix ?? '');
      case 'end':
        return current?.intake.end();
      case 'cancel':
        return cancel();
      case 'rename':
        return inTurn(() => change(message.dataset, { name: message.name }));
      case 'pin':
        return inTurn(() => change(message.dataset, { pins: message.rows }));
      case 'search-view':
        return inTurn(() => change(message.dataset, { searchView: message.view }));
      case 'search-with':
        return inTurn(() => change(message.dataset, { searchWith: message.encoder ?? undefined }));
      case 'blind-tests':
        return inTurn(() => change(message.dataset, { blindTests: message.tests }));
      case 'delete':
        return inTurn(() => remove(message.dataset));
    }
  };
}
