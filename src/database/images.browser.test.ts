import { afterEach, describe, expect, it } from 'vitest';
import { listDatasets, putDatasetChange, readDataset } from './datasets';
import {
  freshDatabase,
  imagesFrom,
  pixelsFrom,
  readImage,
  readShard,
  removeDatabases,
  someDataset,
  someImage,
  squaresFrom,
} from './fixtures.testing';
import { putBatch, readImages, readPaths, readRefusals } from './images';
import { salvageShard, shardIndex } from './pixels';
import { createDataset } from './storage';

afterEach(removeDatabases);

describe('a batch', () => {
  it('is read back as it was written, batch after batch', async () => {
    const db = await freshDatabase();
    const refusal = { dataset: 'set', path: 'bad.jpg', fileBytes: 3, reason: 'The file is empty.' };
    await putBatch(db, someDataset({ count: 5 }), imagesFrom(0, 5), squaresFrom(0, 5), [refusal]);
    await putBatch(db, someDataset({ count: 8 }), imagesFrom(5, 3), squaresFrom(5, 3), []);
    expect(await readImages(db, 'set', 0, 100)).toEqual(imagesFrom(0, 8));
    expect(await readImages(db, 'set', 4, 2)).toEqual(imagesFrom(4, 2));
    expect(await readImage(db, 'set', 7)).toEqual(someImage(7));
    expect(await readImage(db, 'set', 8)).toBe(undefined);
    expect((await readPaths(db, 'set')).map(({ path }) => path)).toEqual(imagesFrom(0, 8).map(({ path }) => path));
    expect(await readRefusals(db, 'set')).toEqual([refusal]);
    expect(await shardIndex(db, 'set')).toEqual([
      { first: 0, count: 5, side: 4 },
      { first: 5, count: 3, side: 4 },
    ]);
    expect(await readShard(db, 'set', 5)).toEqual({ first: 5, count: 3, side: 4, pixels: pixelsFrom(5, 3) });
    expect((await readDataset(db, 'set'))?.count).toBe(8);
  });

  it('gives every row its own thumbnail, however the rows were written', async () => {
    const db = await freshDatabase();
    let count = 0;
    for (const size of [1, 130, 3, 64, 70]) {
      const images = imagesFrom(count, size);
      await putBatch(db, someDataset({ count: count + size }), images, squaresFrom(count, size), []);
      count += size;
    }
    const all = imagesFrom(0, count);
    expect(await readImages(db, 'set', 0, 1000)).toEqual(all);
    for (const [from, length] of [
      [0, 1],
      [60, 64],
      [129, 2],
      [130, 1],
      [131, 64],
      [200, 64],
    ])
      expect(await readImages(db, 'set', from, length)).toEqual(all.slice(from, from + length));
  });

  it('is cut into shards of half a megabyte at most', async () => {
    const db = await freshDatabase();
    const storedSide = 120;
    const squares = imagesFrom(0, 30).map(({ row }) => new Uint8Array(storedSide ** 2 * 3).fill(row));
    await putBatch(db, someDataset({ count: 30, storedSide }), imagesFrom(0, 30), squares, []);
    const shards = await shardIndex(db, 'set');
    expect(shards.map(({ first, count }) => [first, count])).toEqual([
      [0, 12],
      [12, 12],
      [24, 6],
    ]);
    for (const { first, count } of shards) {
      const { pixels } = await readShard(db, 'set', first);
      for (let i = 0; i < count; i++)
        expect([i, new Set(pixels.subarray(i * squares[0].length, (i + 1) * squares[0].length))]).toEqual([
          i,
          new Set([first + i]),
        ]);
    }
  });

  it('adds copies to a row that is in', async () => {
    const db = await freshDatabase();
    await putBatch(db, someDataset({ count: 2 }), imagesFrom(0, 2), squaresFrom(0, 2), []);
    const copies = [
      { row: 1, path: 'copy.jpg' },
      { row: 1, path: 'copy.jpg' },
    ];
    await putBatch(db, someDataset({ count: 2, duplicates: 1 }), [], [], [], copies);
    expect((await readImage(db, 'set', 1))?.copies).toEqual(['copy.jpg']);
    expect((await readImage(db, 'set', 0))?.copies).toEqual([]);
  });

  it('adds copies to rows wherever they are, and leaves the others as they are', async () => {
    const db = await freshDatabase();
    await putBatch(db, someDataset({ count: 150 }), imagesFrom(0, 150), squaresFrom(0, 150), []);
    const copies = [3, 130, 63, 64, 3].map((row, i) => ({ row, path: `copy ${i}` }));
    await putBatch(db, someDataset({ count: 150, duplicates: 5 }), [], [], [], copies);
    const expected = imagesFrom(0, 150);
    for (const { row, path } of copies) expected[row].copies.push(path);
    expect(await readImages(db, 'set', 0, 1000)).toEqual(expected);
  });

  it('goes in as a whole or not at all', async () => {
    const db = await freshDatabase();
    await putBatch(db, someDataset({ count: 2 }), imagesFrom(0, 2), squaresFrom(0, 2), []);
    // A function cannot be cloned: the last row is refused after the others were put.
    const broken = { ...someImage(4), path: (() => '') as unknown as string };
    const batch = [...imagesFrom(2, 2), broken];
    await expect(putBatch(db, someDataset({ count: 5 }), batch, squaresFrom(2, 3), [])).rejects.toThrow();
    expect((await readDataset(db, 'set'))?.count).toBe(2);
    expect(await readImages(db, 'set', 0, 100)).toEqual(imagesFrom(0, 2));
    expect((await shardIndex(db, 'set')).length).toBe(1);
    expect(await db.count('pixels')).toBe(1);
    expect(await db.count('thumbnails')).toBe(1);
  });

  it('leaves what another tab has said of the data set meanwhile', async () => {
    const db = await freshDatabase();
    await putBatch(db, someDataset({ count: 2 }), imagesFrom(0, 2), squaresFrom(0, 2), []);
    for (let turn = 1; turn <= 3; turn++) {
      const said = { name: `Renamed ${turn}`, pins: [turn], searchView: { refined: false, grouped: true } };
      await putDatasetChange(db, 'set', said);
      const before = someDataset({ count: 2 + 2 * turn });
      const stored = await putBatch(db, before, imagesFrom(2 * turn, 2), squaresFrom(2 * turn, 2), []);
      expect(stored).toEqual({ ...before, ...said });
      expect(await readDataset(db, 'set')).toEqual(stored);
    }
  });

  it('does not write over rows of another tab', async () => {
    const db = await freshDatabase();
    await putBatch(db, someDataset({ count: 2 }), imagesFrom(0, 2), squaresFrom(0, 2), []);
    const again = putBatch(db, someDataset({ count: 3 }), imagesFrom(0, 3), squaresFrom(0, 3), []);
    await expect(again).rejects.toMatchObject({ name: 'Fault', kind: 'busy' });
    expect((await readDataset(db, 'set'))?.count).toBe(2);
  });
});

describe('damage', () => {
  it('of one byte costs one picture, which is named', async () => {
    const db = await freshDatabase();
    await putBatch(db, someDataset({ count: 100 }), imagesFrom(0, 100), squaresFrom(0, 100), []);
    const shard = (await db.get('pixels', ['set', 0])) as NonNullable<Awaited<ReturnType<typeof db.get<'pixels'>>>>;
    new Uint8Array(shard.pixels as ArrayBuffer)[41 * 48 + 7] ^= 1;
    await db.put('pixels', shard);
    await expect(readShard(db, 'set', 0)).rejects.toMatchObject({
      kind: 'data',
      message: expect.stringContaining('number 42 '),
    });
    const { damaged, pixels } = await salvageShard(db, 'set', 0);
    expect(damaged).toEqual([41]);
    const expected = pixelsFrom(0, 100).fill(0, 41 * 48, 42 * 48);
    expect(pixels).toEqual(expected);
  });

  it('of a cut or missing shard costs the rows that are gone', async () => {
    const db = await freshDatabase();
    await putBatch(db, someDataset({ count: 4 }), imagesFrom(0, 4), squaresFrom(0, 4), []);
    const shard = (await db.get('pixels', ['set', 0])) as NonNullable<Awaited<ReturnType<typeof db.get<'pixels'>>>>;
    await db.put('pixels', { ...shard, pixels: shard.pixels.slice(0, 3 * 48 - 1) });
    expect((await salvageShard(db, 'set', 0)).damaged).toEqual([2, 3]);
    await db.delete('pixels', ['set', 0]);
    expect((await salvageShard(db, 'set', 0)).damaged).toEqual([0, 1, 2, 3]);
    await expect(readShard(db, 'set', 1)).rejects.toMatchObject({ kind: 'data' });
  });

  it('of a thumbnail leaves the picture and says so', async () => {
    const db = await freshDatabase();
    await putBatch(db, someDataset({ count: 2 }), imagesFrom(0, 2), squaresFrom(0, 2), []);
    const stored = (await db.get('thumbnails', ['set', 0])) as NonNullable<
      Awaited<ReturnType<typeof db.get<'thumbnails'>>>
    >;
    new Uint8Array(stored.bytes)[6] ^= 64;
    await db.put('thumbnails', stored);
    const [good, bad] = await readImages(db, 'set', 0, 2);
    expect(good).toEqual(someImage(0));
    expect(bad).toMatchObject({ path: 'folder/1.jpg', thumbnailDamaged: true });
    expect(bad.thumbnail.byteLength).toBe(0);
    await db.delete('thumbnails', ['set', 0]);
    expect((await readImages(db, 'set', 0, 2)).map(({ thumbnailDamaged }) => thumbnailDamaged)).toEqual([true, true]);
  });
});

describe('a record that cannot be read', () => {
  it('keeps the places of its rows, which name themselves; the others are read', async () => {
    const db = await freshDatabase();
    await putBatch(db, someDataset({ count: 70 }), imagesFrom(0, 70), squaresFrom(0, 70), []);
    await putBatch(db, someDataset({ count: 72 }), imagesFrom(70, 2), squaresFrom(70, 2), []);
    // What Chromium does when a value's bytes are gone.
    const brokenAt = (first: number): typeof db => {
      const failing = (range: IDBValidKey | IDBKeyRange): boolean =>
        range instanceof IDBKeyRange ? range.includes(['set', first]) : indexedDB.cmp(range, ['set', first]) === 0;
      return new Proxy(db, {
        get(target, name) {
          const member: unknown = Reflect.get(target, name);
          if (name !== 'getAll' && name !== 'get') return typeof member === 'function' ? member.bind(target) : member;
          return (store: 'rows' | 'thumbnails', range: IDBKeyRange) =>
            store === 'rows' && failing(range)
              ? Promise.reject(new DOMException('Failed to read large IndexedDB value', 'DataError'))
              : Reflect.apply(member as typeof target.get, target, [store, range as IDBKeyRange & [string, number]]);
        },
      });
    };
    const lost = (from: number, to: number): string[] =>
      imagesFrom(0, 72).map(({ path, row }) =>
        row >= from && row < to ? `picture ${row + 1}, whose record is damaged` : path,
      );
    for (const [first, to] of [
      [0, 64],
      [64, 70],
      [70, 72],
    ]) {
      const images = await readImages(brokenAt(first), 'set', 0, 100);
      expect(images.map(({ path }) => path)).toEqual(lost(first, to));
      expect(await readImages(brokenAt(first), 'set', first + 1, 3)).toEqual(images.slice(first + 1, first + 4));
      expect(images[first].thumbnail).toEqual(someImage(first).thumbnail);
      expect((await readPaths(brokenAt(first), 'set')).map(({ row }) => row)).toEqual(images.map(({ row }) => row));
    }
  });
});

describe('data sets', () => {
  it('are listed newest first', async () => {
    const db = await freshDatabase('old');
    await createDataset(db, someDataset({ id: 'new', createdAt: 2 }));
    expect((await listDatasets(db)).map(({ id }) => id)).toEqual(['new', 'old']);
  });
});
