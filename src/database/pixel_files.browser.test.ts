import { afterEach, describe, expect, it } from 'vitest';
import type { Database } from './connection';
import { freshDatabase, pixelsFrom, readShard, removeDatabases } from './fixtures.testing';
import { salvageShard, shardIndex } from './pixels';
import { removePictures } from './removal';
import { deleteDataset, sweep } from './storage';

const workers: Worker[] = [];

afterEach(async () => {
  for (const worker of workers.splice(0)) worker.terminate();
  await removeDatabases();
  const root = await navigator.storage.getDirectory();
  const names: string[] = [];
  for await (const name of root.keys()) names.push(name);
  for (const name of names) await root.removeEntry(name, { recursive: true });
});

/** Takes rows in on a worker's thread. Resolves with what kept it from that, or null. */
function takeIn({ name }: Database, first: number, count: number): Promise<string | null> {
  const worker = new Worker(new URL('./pixel_files.testing.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ database: name, first, count });
  });
}

async function folder({ name }: Database): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return (await root.getDirectoryHandle(`${name} pixels`)).getDirectoryHandle('set');
}

async function filesOf(db: Database): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await folder(db)).keys()) names.push(name);
  return names;
}

describe('pixels that a worker stores', () => {
  it('are in a file that the record names, and every thread reads them', async () => {
    const db = await freshDatabase();
    expect(await takeIn(db, 0, 7)).toBeNull();
    expect(await takeIn(db, 7, 3)).toBeNull();
    const records = await db.getAll('pixels');
    expect(records.map(({ pixels }) => pixels).toSorted()).toEqual((await filesOf(db)).toSorted());
    expect((await shardIndex(db, 'set')).map(({ first, count }) => [first, count])).toEqual([
      [0, 7],
      [7, 3],
    ]);
    expect(await readShard(db, 'set', 7)).toEqual({ first: 7, count: 3, side: 4, pixels: pixelsFrom(7, 3) });
  });

  it('leave no file when their rows are refused', async () => {
    const db = await freshDatabase();
    await takeIn(db, 0, 2);
    const before = await filesOf(db);
    expect(await takeIn(db, 5, 2)).toContain('Another tab is importing');
    expect(await filesOf(db)).toEqual(before);
    expect(await readShard(db, 'set', 0)).toMatchObject({ count: 2 });
  });

  it('name the picture of a byte that changed, and all of a file that is cut or gone', async () => {
    const db = await freshDatabase();
    await takeIn(db, 0, 5);
    const [name] = await filesOf(db);
    const changed = pixelsFrom(0, 5);
    changed[3 * 48 + 5] ^= 1;
    const replace = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
      const writable = await (await (await folder(db)).getFileHandle(name)).createWritable();
      await writable.write(bytes);
      await writable.close();
    };
    await replace(changed);
    await expect(readShard(db, 'set', 0)).rejects.toMatchObject({ message: expect.stringContaining('number 4 ') });
    await replace(pixelsFrom(0, 5).slice(0, 2 * 48 + 1));
    expect((await salvageShard(db, 'set', 0)).damaged).toEqual([2, 3, 4]);
    await (await folder(db)).removeEntry(name);
    expect((await salvageShard(db, 'set', 0)).damaged).toEqual([0, 1, 2, 3, 4]);
  });

  it('stay when what a removal of pictures left behind is swept', async () => {
    const db = await freshDatabase();
    await takeIn(db, 0, 7);
    const named = await filesOf(db);
    await (await folder(db)).getFileHandle('left', { create: true });
    await sweep(db);
    expect(await filesOf(db)).toHaveLength(2);
    await removePictures(db, 'set', [3]);
    await sweep(db);
    // This thread writes no files: the pixels are in the record now.
    expect(await filesOf(db)).toEqual([]);
    expect((await readShard(db, 'set', 0)).pixels).toEqual(pixelsFrom(0, 7).fill(0, 3 * 48, 4 * 48));
    await takeIn(db, 7, 2);
    await sweep(db);
    expect(await filesOf(db)).toHaveLength(1);
    expect(await filesOf(db)).not.toEqual(named);
    expect(await readShard(db, 'set', 7)).toMatchObject({ count: 2 });
  });

  it('go with their data set', async () => {
    const db = await freshDatabase();
    await takeIn(db, 0, 5);
    await deleteDataset(db, 'set');
    await expect(folder(db)).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});
