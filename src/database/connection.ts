import { openDB } from 'idb';
import { Fault } from '../core/fault';
import { abort, storageFault } from './failure';
import { MIGRATIONS, type Migration, type Upgrade } from './migrations';
import type { Database, Schema } from './schema';

export type { Database } from './schema';

/**
 * Opens the database, bringing an older one up to date. The connection closes itself when another tab brings a newer
 * version, and says so at its next use.
 * @throws Fault 'storage' when the stored version is newer, another tab holds an older one, or the browser refuses
 */
export async function openDatabase(
  name = 'lookalike',
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Database> {
  if (typeof indexedDB === 'undefined')
    throw new Fault(
      'storage',
      'This browser gives the page no storage.',
      'Leave private browsing, or allow site data.',
    );
  return new Promise((resolve, reject) => {
    let given = false;
    const opening = openDB<Schema>(name, migrations.length, {
      upgrade(db, from, _to, upgrade) {
        // Its failure is the opening's, which is awaited.
        upgrade.done.catch(() => undefined);
        void migrated(db, upgrade as Upgrade, migrations.slice(from));
      },
      blocked() {
        given = true;
        reject(
          new Fault(
            'storage',
            'Another tab still uses the pictures in the format of an older version.',
            'Close the other tabs of this page, then reload.',
          ),
        );
      },
      blocking(_current, _wanted, event) {
        (event.target as IDBDatabase).close();
      },
    });
    opening.then(
      // After `blocked` nobody waits for the connection any more: it must not stand in the way of the next.
      (db) => (given ? db.close() : resolve(db)),
      (cause) => reject(openingFault(cause)),
    );
  });
}

/** One after the other: each finds what those before it have stored. */
async function migrated(db: Database, upgrade: Upgrade, migrations: readonly Migration[]): Promise<void> {
  try {
    for (const migrate of migrations) await migrate(db, upgrade);
  } catch {
    abort(upgrade);
  }
}

function openingFault(cause: unknown): unknown {
  if (cause instanceof DOMException && cause.name === 'VersionError')
    return new Fault(
      'storage',
      'The pictures in this browser were stored by a newer version of Lookalike.',
      'Reload the page to get the newer version. Nothing was changed.',
    );
  if (cause instanceof DOMException && (cause.name === 'SecurityError' || cause.name === 'InvalidStateError'))
    return new Fault('storage', 'The browser does not let this page store anything.', 'Allow site data for this page.');
  return storageFault(cause, 'opening the database');
}
