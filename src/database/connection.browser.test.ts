import { deleteDB, type OpenDBCallbacks, openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from './connection';
import { readDataset } from './datasets';
import {
  freshDatabase,
  imagesFrom,
  olderDatabase,
  removeDatabases,
  someDataset,
  squaresFrom,
} from './fixtures.testing';
import { putBatch, readImages } from './images';
import { MIGRATIONS, type Migration } from './migrations';

type Upgrading = NonNullable<OpenDBCallbacks<unknown>['upgrade']>;

afterEach(removeDatabases);

/** What a later version may do: every data set gets a note. */
const addNotes: Migration = (_db, upgrade) => {
  void (async () => {
    for await (const cursor of upgrade.objectStore('datasets')) {
      await cursor.update({ ...cursor.value, name: `${cursor.value.name}, noted` });
    }
  })();
};

async function filled(): Promise<string> {
  const db = await freshDatabase();
  await putBatch(db, someDataset({ count: 3 }), imagesFrom(0, 3), squaresFrom(0, 3), []);
  db.close();
  return db.name;
}

describe('opening', () => {
  it('brings an older version up to date, and loses nothing', async () => {
    const name = await filled();
    const db = await openDatabase(name, [...MIGRATIONS, addNotes]);
    expect(db.version).toBe(MIGRATIONS.length + 1);
    expect((await readDataset(db, 'set'))?.name).toBe('Set, noted');
    expect(await readImages(db, 'set', 0, 10)).toEqual(imagesFrom(0, 3));
    db.close();
  });

  it('packs the rows of version 2, of whatever data sets there are', async () => {
    const sizes = { a: 3, b: 200, empty: 0, z: 64 };
    const name = await olderDatabase(2, sizes);
    const db = await openDatabase(name);
    expect([...db.objectStoreNames]).not.toContain('images');
    for (const [id, count] of Object.entries(sizes))
      expect(await readImages(db, id, 0, 1000)).toEqual(imagesFrom(0, count, id));
    expect(await db.count('rows')).toBe(1 + 4 + 1);
    db.close();
    await deleteDB(name);
  });

  it('packs around a row of version 2 that cannot be read', async () => {
    const name = await olderDatabase(2, { set: 70 });
    // A request that fails as Chromium's does when a value's bytes are gone: it ends the transaction unless told not to.
    function failing(store: IDBObjectStore): IDBRequest {
      const request = store.add({ dataset: 'set', row: 0 });
      Object.defineProperty(request, 'error', { value: new DOMException('Failed to read value', 'DataError') });
      return request;
    }
    const { get, getAll } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.getAll = function (...given) {
      return this.name === 'images' ? failing(this) : getAll.apply(this, given);
    };
    IDBObjectStore.prototype.get = function (key) {
      return this.name === 'images' && indexedDB.cmp(key, ['set', 5]) === 0 ? failing(this) : get.call(this, key);
    };
    const db = await openDatabase(name).finally(() => Object.assign(IDBObjectStore.prototype, { get, getAll }));
    const paths = (await readImages(db, 'set', 0, 100)).map(({ path }) => path);
    const expected = imagesFrom(0, 70).map(({ path }) => path);
    expected[5] = 'picture 6, whose record is damaged';
    expect(paths).toEqual(expected);
    db.close();
    await deleteDB(name);
  });

  it('lets a migration find what those before it have stored', async () => {
    const name = await olderDatabase(2, { set: 200 });
    const found: number[] = [];
    const counts: Migration = async (_db, upgrade) => void found.push(await upgrade.objectStore('rows').count());
    const db = await openDatabase(name, [...MIGRATIONS, counts]);
    expect(found).toEqual([4]);
    db.close();
    await deleteDB(name);
  });

  it('brings an older version up to date after a thread was killed midway in that', async () => {
    const name = await olderDatabase(2, { set: 200 });
    const worker = new Worker(new URL('./cut_off.testing.ts', import.meta.url), { type: 'module' });
    worker.postMessage(name);
    await new Promise((resolve) => {
      worker.onmessage = resolve;
    });
    worker.terminate();
    expect(await indexedDB.databases()).toContainEqual({ name, version: 2 });
    const db = await openDatabase(name);
    expect(await readImages(db, 'set', 0, 1000)).toEqual(imagesFrom(0, 200));
    db.close();
    await deleteDB(name);
  });

  it('leaves the older version whole when a migration is cut off', async () => {
    const name = await filled();
    const dies: Migration = (db, upgrade) => {
      db.deleteObjectStore('rows');
      upgrade.abort();
    };
    await expect(openDatabase(name, [...MIGRATIONS, dies])).rejects.toMatchObject({ kind: 'storage' });
    const db = await openDatabase(name);
    expect(db.version).toBe(MIGRATIONS.length);
    expect(await readImages(db, 'set', 0, 10)).toEqual(imagesFrom(0, 3));
    db.close();
  });

  it('refuses a newer version with a message, and changes nothing', async () => {
    const name = await filled();
    (await openDatabase(name, [...MIGRATIONS, addNotes])).close();
    await expect(openDatabase(name)).rejects.toMatchObject({
      name: 'Fault',
      kind: 'storage',
      message: expect.stringContaining('newer version'),
    });
    const db = await openDatabase(name, [...MIGRATIONS, addNotes]);
    expect((await readDataset(db, 'set'))?.name).toBe('Set, noted');
    db.close();
  });

  it('takes the place of a tab with an older version, which then says so', async () => {
    const old = await openDatabase(await filled());
    const db = await openDatabase(old.name, [...MIGRATIONS, addNotes]);
    await expect(readDataset(old, 'set')).rejects.toMatchObject({
      kind: 'storage',
      message: expect.stringContaining('closed by another tab'),
      advice: expect.stringContaining('Reload'),
    });
    db.close();
  });

  it('says so when another tab does not give way', async () => {
    const name = `stubborn ${Math.random()}`;
    // Unlike ours it does not close when another version is asked for.
    const upgrade = (...[db, , , tx]: Parameters<Upgrading>): void => void MIGRATIONS[0](db as never, tx as never);
    const stubborn = await openDB(name, 1, { upgrade });
    await expect(openDatabase(name, [...MIGRATIONS, addNotes])).rejects.toMatchObject({
      kind: 'storage',
      advice: expect.stringContaining('Close the other tabs'),
    });
    stubborn.close();
    await deleteDB(name);
  });
});
