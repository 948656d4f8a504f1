import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Schema } from './schema';

export type Upgrade = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;
/** Takes a database from one version to the next, in the transaction of the upgrade: all of it or nothing is done. */
export type Migration = (db: IDBPDatabase<Schema>, upgrade: Upgrade) => void;

/** Version 1: pictures, runs, embeddings. */
const first: Migration = (db) => {
  db.createObjectStore('datasets', { keyPath: 'id' });
  db.createObjectStore('images', { keyPath: ['dataset', 'row'] });
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

/** Entry i takes version i to i + 1. Released entries are never edited; a change of the schema is one more entry. */
export const MIGRATIONS: readonly Migration[] = [first, second];
