import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { ROWS } from './rows';
import type { ImageRow, Schema } from './schema';

export type Upgrade = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;
/** Takes a database from one version to the next, in the transaction of the upgrade: all of it or nothing is done. */
export type Migration = (db: IDBPDatabase<Schema>, upgrade: Upgrade) => void;

/** A picture a record, key [dataset, row]: a store that versions 1 and 2 had. */
const IMAGES = 'images' as StoreNames<Schema>;

/** Version 1: pictures, runs, embeddings. */
const first: Migration = (db) => {
  db.createObjectStore('datasets', { keyPath: 'id' });
  db.createObjectStore(IMAGES, { keyPath: ['dataset', 'row'] });
  for (const store of ['thumbnails', 'pixels', 'shards'] as const)
    db.createObjectStore(store, { keyPath: ['dataset', 'first'] });
  db.createObjectStore('refusals', { keyPath: ['dataset', 'path', 'fileBytes'] });
  db.createObjectStore('runs', { keyPath: 'id' }).createIndex('dataset', 'dataset');
  for (const store of ['checkpoints', 'histories'] as const) db.createObjectStore(store, { keyPath: ['run', 'slot'] });
  db.createObjectStore('arrays', { keyPath: ['run', 'slot', 'name'] });
  db.createObjectStore('newest', { keyPath: 'run' });
  const embeddings = db.createObjectStore('embeddings', { keyPath: ['dataset', 'run'] });
  embeddings.createIndex('version', ['dataset', 'run', 'step', 'check']);
  db.createObjectStore('baselines', { keyPath: ['dataset', 'key'] });
};

/**
 * Version 2: labels that folders do not say, and what tests found by labels; files of weights; what was measured to be
 * fastest on each graphics device.
 */
const second: Migration = (db) => {
  db.createObjectStore('labels', { keyPath: ['dataset', 'name'] });
  db.createObjectStore('judgements', { keyPath: ['dataset', 'column', 'of'] });
  db.createObjectStore('weights', { keyPath: 'sha256' });
  db.createObjectStore('choices', { keyPath: 'adapter' });
};

/** Version 3: the rows of pictures, 64 a record. They are walked, as all of them may not fit into memory. */
const third: Migration = (db, upgrade) => {
  const rows = db.createObjectStore('rows', { keyPath: ['dataset', 'first'] });
  let some: ImageRow[] = [];
  const store = (): void => {
    const [first] = some;
    // A refusal ends the upgrade, which says so.
    if (first) rows.put({ dataset: first.dataset, first: first.row, rows: some }).catch(() => undefined);
    some = [];
  };
  void (async () => {
    for await (const { value } of upgrade.objectStore(IMAGES)) {
      const row = value as unknown as ImageRow;
      if (some.length === ROWS || (some.length > 0 && some[0].dataset !== row.dataset)) store();
      some.push(row);
    }
    store();
    db.deleteObjectStore(IMAGES);
  })().catch(() => upgrade.abort());
};

/** Entry i takes version i to i + 1. Released entries are never edited; a change of the schema is one more entry. */
export const MIGRATIONS: readonly Migration[] = [first, second, third];
