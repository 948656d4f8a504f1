import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { inParts, isWhole } from './embedding_parts';
import { readable } from './failure';
import { lostRow, ROWS } from './rows';
import type { ImageRow, Schema } from './schema';

export type Upgrade = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;
/**
 * Takes a database from one version to the next, in the transaction of the upgrade: all of it or nothing is done. It
 * awaits nothing but requests of that transaction, which would else be over.
 */
export type Migration = (db: IDBPDatabase<Schema>, upgrade: Upgrade) => void | Promise<void>;

/** A picture a record, key [dataset, row]: a store that versions 1 and 2 had. */
const IMAGES = 'images' as 'rows';

/** Indexes of embeddings that versions before 7 had. */
const [VERSION, SIZE] = ['version', 'size'] as never[];

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
  embeddings.createIndex(VERSION, ['dataset', 'run', 'step', 'check']);
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

/** Version 3: the rows of pictures, 64 a record. They are moved by as many, as all of them may not fit into memory. */
const third: Migration = async (db, upgrade) => {
  const rows = db.createObjectStore('rows', { keyPath: ['dataset', 'first'] });
  const images = upgrade.objectStore(IMAGES);
  let keys = await images.getAllKeys(null, ROWS);
  while (keys.length > 0) {
    const [dataset, first] = keys[0];
    const own = keys.filter((key) => key[0] === dataset);
    const last = own[own.length - 1];
    const together = await readable(images.getAll(IDBKeyRange.bound(keys[0], last)));
    // A row that cannot be read is lost alone, as it was before.
    const each = async (key: [string, number]) => (await readable(images.get(key))) ?? lostRow(dataset, key[1]);
    const some = (together ?? (await Promise.all(own.map(each)))) as unknown as ImageRow[];
    await rows.put({ dataset, first, rows: some });
    keys = await images.getAllKeys(IDBKeyRange.lowerBound(last, true), ROWS);
  }
  db.deleteObjectStore(IMAGES);
};

/** Version 4: shards whose pixels are in files. A page that knows none would take them for damaged. */
const fourth: Migration = () => undefined;

/** Version 5: how large embeddings and checkpoints are is told by indexes, without reading them. */
const fifth: Migration = (_, upgrade) => {
  upgrade.objectStore('embeddings').createIndex(SIZE, ['dataset', 'run', 'step', 'count', 'dim', 'check']);
  upgrade.objectStore('arrays').createIndex('size', ['run', 'shape']);
};

/** Version 6: handles of the folders that pictures came from, and where encoders place them on the map. */
const sixth: Migration = (db) => {
  db.createObjectStore('folders', { keyPath: ['dataset', 'place'] });
  db.createObjectStore('maps', { keyPath: ['dataset', 'run', 'view'] });
};

/** Version 7: embeddings in parts. What is damaged is computed anew. */
const seventh: Migration = async (db, upgrade) => {
  const parts = db.createObjectStore('embeddingParts', { keyPath: ['dataset', 'run', 'first'] });
  const heads = upgrade.objectStore('embeddings');
  for (const index of [VERSION, SIZE]) heads.deleteIndex(index);
  for (const key of await heads.getAllKeys()) {
    const stored = await readable(heads.get(key));
    const split = stored && isWhole(stored) ? inParts(stored) : null;
    for (const part of split?.parts ?? []) await parts.put(part);
    await (split ? heads.put(split.head) : heads.delete(key));
  }
};

/** Version 8: parts of embeddings under names of their own. A page that looks for the run's would find none. */
const eighth: Migration = () => undefined;

/** Entry i takes version i to i + 1. Released entries are never edited; a change of the schema is one more entry. */
export const MIGRATIONS: readonly Migration[] = [first, second, third, fourth, fifth, sixth, seventh, eighth];
