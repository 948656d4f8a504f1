import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import archive from '../../e2e/data/malformed.zip?url';
import type { BlindTest } from '../../src/core/blind_test';
import { listDatasets, putDatasetChange } from '../../src/database/datasets';
import { readShard } from '../../src/database/fixtures.testing';
import { readFolders } from '../../src/database/folders';
import { readImages, readPaths, readRefusals } from '../../src/database/images';
import { shardIndex } from '../../src/database/pixels';
import type { Imported, ImportNews, NamedFile } from '../../src/protocol/importing';
import { freshName, imported, importer, isOpened, picture, pictures } from './imports.testing';
import { SEVERAL } from './table';

describe('an import', () => {
  it('takes in the good of malformed.zip and names the others', async () => {
    const unzipped = unzipSync(new Uint8Array(await (await fetch(archive)).arrayBuffer()));
    const manifest = strFromU8(unzipped['manifest.csv']);
    const files = Object.entries(unzipped)
      .filter(([path]) => path !== 'manifest.csv')
      .map(([path, bytes]) => ({ path, file: new File([bytes as BlobPart], path, { lastModified: 1e12 }) }));
    const ours = await importer(3);
    const dataset = await imported(ours, files);
    const good = [...manifest.matchAll(/,ok,/g)].length;
    expect(dataset.complete).toBe(true);
    expect(dataset.refused).toBe(80 - good);
    expect(dataset.count + dataset.duplicates).toBe(good);
    const images = await readImages(ours.db, dataset.id, 0, 1000);
    expect(images.map(({ row }) => row)).toEqual(Array.from({ length: dataset.count }, (_, i) => i));
    expect(images.every(({ changedAt }) => changedAt === 1e12)).toBe(true);
    // Rows come in the order of the files, and copies are where the first of them is.
    const order = files.map(({ path }) => path);
    const places = images.map(({ path }) => order.indexOf(path));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(images.flatMap(({ copies }) => copies).length).toBe(dataset.duplicates);
    const refusals = await readRefusals(ours.db, dataset.id);
    expect(refusals.length).toBe(dataset.refused);
    expect(refusals.find(({ path }) => path === 'empty.jpg')).toMatchObject({
      reason: 'The file is empty.',
      fileBytes: 0,
    });
    const told = ours.news.flatMap((news) => ('refused' in news ? news.refused : []));
    expect(new Set(told.map(({ path }) => path))).toEqual(new Set(refusals.map(({ path }) => path)));
    // Every row has its pixels.
    let rows = 0;
    for (const { first, count, side } of await shardIndex(ours.db, dataset.id)) {
      expect(first).toBe(rows);
      const shard = await readShard(ours.db, dataset.id, first);
      expect(shard.pixels.length).toBe(count * side * side * 3);
      rows += count;
    }
    expect(rows).toBe(dataset.count);
    const last = ours.news.findLast((news) => 'progress' in news);
    expect(last?.progress).toMatchObject({ found: 80, walked: true, taken: dataset.count, refused: dataset.refused });
  });

  it('takes the one table of labels along, whatever its name, and none of several', async () => {
    const ours = await importer();
    const csv = (path: string) => ({ path, file: new File(['file,kind\n0.png,x'], path.split('/').at(-1) ?? '') });
    const take = async (files: NamedFile[], into?: string): Promise<Imported> => {
      const ended = ours.begin('Set', into);
      ours.send({ type: 'files', files });
      ours.send({ type: 'end' });
      return ended;
    };
    const first = await take([...(await pictures(4)), csv('tables/kinds.csv')]);
    expect(first.dataset).toMatchObject({ count: 4, refused: 0, complete: true, looks: { grey: 0, plain: 4 } });
    expect(first.labels?.name).toBe('kinds.csv');
    const set = first.dataset;
    const second = await take([...(await pictures(6)), csv('kinds.csv'), csv('even/Labels.CSV')], set.id);
    expect(second.labels?.name).toBe('Labels.CSV');
    const last = await take([...(await pictures(7)), csv('a.csv'), csv('b.csv')], set.id);
    expect(last.labels).toBe(null);
    expect(last.dataset).toMatchObject({ count: 7, refused: 2, looks: { grey: 0, plain: 7 } });
    const reasons = async () => (await readRefusals(ours.db, set.id)).map(({ reason }) => reason);
    expect(await reasons()).toEqual([SEVERAL, SEVERAL]);
    const paired = await take([...(await pictures(8)), csv('pairs.csv')], set.id);
    expect(paired).toMatchObject({ labels: null, dataset: { count: 8, refused: 3 } });
    expect(await reasons()).toContainEqual(expect.stringContaining('It lists pairs of pictures'));
  });

  it('chooses the stored side by the pictures, or as it is told', async () => {
    const ours = await importer();
    const small = await imported(ours, [{ path: 'a.png', file: await picture(1, 24) }]);
    expect(small).toMatchObject({ storedSide: 40, medianSide: 24 });
    const middle = await imported(ours, [{ path: 'a.png', file: await picture(1, 64) }]);
    expect(middle).toMatchObject({ storedSide: 80, medianSide: 64 });
    const large = await imported(ours, [{ path: 'a.png', file: await picture(1, 100) }]);
    expect(large).toMatchObject({ storedSide: 120, medianSide: 100 });
    const photo = await imported(ours, [{ path: 'a.png', file: await picture(1, 200) }]);
    expect(photo).toMatchObject({ storedSide: 160, medianSide: 200 });
    const ended = ours.begin('told', undefined, 64);
    ours.send({ type: 'end' });
    expect((await ended).dataset).toMatchObject({ storedSide: 80, count: 0, complete: true });
  });

  it('labels by folder, folds copies, and counts bytes', async () => {
    const ours = await importer();
    const files = await pictures(5);
    const again = { path: 'deep/er/copy.png', file: files[2].file };
    const dataset = await imported(ours, [...files, again]);
    expect(dataset).toMatchObject({ count: 5, duplicates: 1, labels: { even: 3, odd: 2 } });
    const images = await readImages(ours.db, dataset.id, 0, 10);
    expect(images[2].copies).toEqual(['deep/er/copy.png']);
    const stored = images.reduce((sum, { thumbnail }) => sum + thumbnail.byteLength, 5 * dataset.storedSide ** 2 * 3);
    expect(dataset.bytes).toBeGreaterThan(stored);
    expect(dataset.bytes).toBeLessThan(stored + 5 * 1000);
  });

  it('walks a folder in natural order, without hidden files', async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(freshName(), { create: true });
    const put = async (directory: FileSystemDirectoryHandle, name: string, file: File): Promise<void> => {
      const writable = await (await directory.getFileHandle(name, { create: true })).createWritable();
      await writable.write(file);
      await writable.close();
    };
    const cats = await folder.getDirectoryHandle('cats', { create: true });
    const hidden = await folder.getDirectoryHandle('.hidden', { create: true });
    for (const [i, name] of ['10.png', '9.png', '.dot.png'].entries()) await put(cats, name, await picture(i));
    await put(folder, 'top.png', await picture(7));
    await put(hidden, 'no.png', await picture(8));
    const ours = await importer();
    const ended = ours.begin('Walked');
    ours.send({ type: 'folder', handle: folder, prefix: '' });
    ours.send({ type: 'folder', handle: cats, prefix: 'again/' });
    ours.send({ type: 'end' });
    const { dataset } = await ended;
    const rows = await readPaths(ours.db, dataset.id);
    expect(rows.map(({ path, label }) => [path, label])).toEqual([
      ['cats/9.png', 'cats'],
      ['cats/10.png', 'cats'],
      ['top.png', null],
    ]);
    expect(rows.map(({ copies }) => copies)).toEqual([['again/9.png'], ['again/10.png'], []]);
    expect((await readFolders(ours.db, dataset.id)).map(({ prefix }) => prefix)).toEqual(['', 'again/']);
    await root.removeEntry(folder.name, { recursive: true });
  });
});

describe('an import that is cut off', () => {
  it('keeps what is in when cancelled, and goes on by content without duplicates', async () => {
    const ours = await importer();
    const files = await pictures(300);
    const ended = ours.begin('Part');
    ours.send({ type: 'files', files: files.slice(0, 200) });
    await ours.told((news): news is ImportNews => 'progress' in news && news.progress.taken > 0);
    ours.send({ type: 'cancel' });
    ours.send({ type: 'files', files: files.slice(200) });
    const cut = (await ended).dataset;
    expect(cut.complete).toBe(false);
    expect(cut.count).toBeGreaterThan(0);
    expect(cut.count).toBeLessThanOrEqual(200);
    const kept = await readPaths(ours.db, cut.id);
    expect(kept.map(({ path }) => path)).toEqual(files.slice(0, cut.count).map(({ path }) => path));
    // Another page, later.
    const later = await importer(2, ours.db.name);
    const whole = await imported(later, files, cut.id);
    expect(whole).toMatchObject({ id: cut.id, count: 300, duplicates: 0, complete: true });
    const rows = await readPaths(later.db, cut.id);
    expect(rows.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
    expect(new Set(rows.map(({ sha256 }) => sha256)).size).toBe(300);
    expect(whole.labels).toEqual({ even: 150, odd: 150 });
  });

  it('names a refused file once, however often it is tried', async () => {
    const ours = await importer();
    const bad = { path: 'bad.png', file: new File(['text'], 'bad.png') };
    const first = await imported(ours, [bad, { path: 'good.png', file: await picture(1) }]);
    const second = await imported(ours, [bad], first.id);
    expect(second.refused).toBe(1);
    expect((await readRefusals(ours.db, first.id)).length).toBe(1);
  });

  it('stops when another tab adds rows to the same data set', async () => {
    const ours = await importer();
    const before = await imported(ours, await pictures(1));
    const ended = ours.begin('Twice', before.id);
    const { opened } = await ours.told(isOpened);
    await putDatasetChange(ours.db, opened.id, { count: 7 });
    ours.send({ type: 'files', files: await pictures(3) });
    ours.send({ type: 'end' });
    await expect(ended).rejects.toMatchObject({ kind: 'busy' });
    expect((await listDatasets(ours.db))[0]).toMatchObject({ count: 1, complete: false });
  });
});

describe('data sets', () => {
  it('are renamed and pinned, also while they grow', async () => {
    const ours = await importer();
    const files = await pictures(80);
    const ended = ours.begin('Before');
    ours.send({ type: 'files', files: files.slice(0, 70) });
    const { id } = (await ours.told(isOpened)).opened;
    await ours.call({ type: 'change', dataset: id, values: { name: 'After' } });
    ours.send({ type: 'files', files: files.slice(70) });
    ours.send({ type: 'end' });
    expect((await ended).dataset).toMatchObject({ name: 'After', count: 80, complete: true });
    await ours.call({ type: 'change', dataset: id, values: { pins: [2, 0] } });
    expect((await listDatasets(ours.db))[0]).toMatchObject({ name: 'After', pins: [2, 0] });
  });

  it('keep their blind tests, through an import of more pictures too', async () => {
    const ours = await importer();
    const files = await pictures(12);
    const { id } = await imported(ours, files.slice(0, 8));
    const tests: BlindTest[] = [
      {
        seed: 1,
        encoders: [
          { id: 'moco', step: 200 },
          { id: 'untrained', step: 0 },
        ],
        view: { refined: true, grouped: false },
        answers: [
          { row: 3, preferred: 1 },
          { row: 0, preferred: null },
        ],
        same: [5],
        goal: 10,
      },
    ];
    await ours.call({ type: 'change', dataset: id, values: { blindTests: tests } });
    await imported(ours, files, id);
    const later = await importer(1, ours.db.name);
    expect((await listDatasets(later.db))[0]).toMatchObject({ count: 12, blindTests: tests });
  });

  it('are deleted without a trace, also while they grow', async () => {
    const ours = await importer();
    const kept = await imported(ours, await pictures(2));
    const ended = ours.begin('Gone');
    ours.send({ type: 'files', files: await pictures(80) });
    const { opened } = await ours.told(isOpened);
    await ours.call({ type: 'delete', dataset: opened.id });
    expect((await ended).dataset).toMatchObject({ id: opened.id, complete: false });
    expect((await listDatasets(ours.db)).map(({ id }) => id)).toEqual([kept.id]);
    for (const store of ['rows', 'thumbnails', 'pixels', 'shards', 'refusals'] as const)
      for (const key of await ours.db.getAllKeys(store)) expect((key as unknown[])[0]).toBe(kept.id);
  });
});
