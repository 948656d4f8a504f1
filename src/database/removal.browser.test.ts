import { afterEach, expect, it } from 'vitest';
import { putSetAside, readDataset } from './datasets';
import { loadEmbeddings, saveEmbeddings } from './embeddings';
import {
  freshDatabase,
  imagesFrom,
  pixelsFrom,
  readShard,
  removeDatabases,
  someDataset,
  squaresFrom,
} from './fixtures.testing';
import { putBatch, readImages } from './images';
import { readLabels, saveLabels } from './labels';
import { saveRefined } from './maps';
import { removePictures } from './removal';
import { saveTestResult } from './test_results';
import { everything } from './whole.testing';

afterEach(removeDatabases);

const table = () => ({
  ...{ dataset: 'set', run: 'ours', step: 1, count: 5, dim: 2, about: 'ours' },
  values: Float32Array.from({ length: 10 }, (_, at) => 100 + Math.floor(at / 2)),
});

/** Five pictures with labels, embeddings, and what a test found; row 3 is pinned. */
async function filled() {
  const db = await freshDatabase();
  const dataset = someDataset({ count: 5, pins: [1, 3], labels: { folder: 5 } });
  await db.put('datasets', { ...dataset, count: 0 });
  const copies = [{ row: 3, path: 'folder/copy.jpg' }];
  await putBatch(db, { ...dataset, duplicates: 1, bytes: 1000 }, imagesFrom(0, 5), squaresFrom(0, 5), [], copies);
  await saveLabels(db, 'set', [{ kind: 'class', name: 'kind', values: ['a', 'b', 'c', 'secret', 'e'] }]);
  await saveEmbeddings(db, table());
  await saveRefined(db, { dataset: 'set', run: 'ours', version: '' }, { values: 'hash 3' });
  const found = {
    ...{ dataset: 'set', column: 'kind', of: 'ours', version: '1', groups: null },
    units: Int32Array.of(0),
  };
  await saveTestResult(db, { ...found, measures: [], classes: null, numbers: null }, []);
  return db;
}

it('of a removed picture nothing is left but its row, and the others are as they were', async () => {
  const db = await filled();
  const [before, labels] = [await readImages(db, 'set', 0, 5), await readLabels(db, 'set')];
  await putSetAside(db, 'set', [0], true);
  await removePictures(db, 'set', [3]);
  const left = await everything(db);
  for (const gone of ['folder/3.jpg', 'folder/copy.jpg', 'hash 3', 'secret']) expect(left).not.toContain(gone);
  const after = await readImages(db, 'set', 0, 5);
  expect(after[3]).toMatchObject({ path: 'removed picture 4', label: null, thumbnailDamaged: true });
  for (const row of [0, 1, 2, 4]) expect(after[row]).toEqual(before[row]);
  const pixels = pixelsFrom(0, 5).fill(0, 3 * 48, 4 * 48);
  expect((await readShard(db, 'set', 0)).pixels).toEqual(pixels);
  const [column] = await readLabels(db, 'set');
  expect(column.values).toEqual(labels[0].values.with(3, null));
  expect(await db.count('judgements')).toBe(0);
  expect(await readDataset(db, 'set')).toMatchObject({
    ...{ count: 5, duplicates: 0, pins: [1], labels: { folder: 4 }, bytes: 1000 - 4 },
    ...{ setAside: [0, 3], removed: [3] },
  });
  // Another picture stands in for it where all rows are computed with.
  expect((await loadEmbeddings(db, 'set', 'ours'))?.values).toEqual(table().values.with(6, 100).with(7, 100));
});

it('a removed picture is never restored, and what was embedded meanwhile is not stored of it', async () => {
  const db = await filled();
  await removePictures(db, 'set', [3]);
  expect(await putSetAside(db, 'set', [0, 3], false)).toEqual([3]);
  await saveEmbeddings(db, { ...table(), step: 2 });
  expect((await loadEmbeddings(db, 'set', 'ours'))?.values).not.toContain(103);
  await removePictures(db, 'set', [0]);
  expect((await loadEmbeddings(db, 'set', 'ours'))?.values).not.toContain(100);
});

it('all of them, or those of a data set that is gone, are not removed, and nothing is changed', async () => {
  const db = await filled();
  const before = await everything(db);
  await expect(removePictures(db, 'set', [0, 1, 2, 3, 4])).rejects.toMatchObject({ kind: 'config' });
  await expect(removePictures(db, 'other', [0])).rejects.toMatchObject({ kind: 'data' });
  expect(await everything(db)).toBe(before);
});
