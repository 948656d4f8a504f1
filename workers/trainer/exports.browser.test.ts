import { parquetReadObjects } from 'hyparquet';
import { afterEach, expect, test } from 'vitest';
import { readNpy } from '../../bin/read_npy';
import { readCsv } from '../../src/core/formats/csv';
import { pretrainedRun } from '../../src/core/pretrained';
import { saveEmbeddings } from '../../src/database/embeddings';
import { freshDatabase, imagesFrom, removeDatabases, someDataset, someRun } from '../../src/database/fixtures.testing';
import { putBatch } from '../../src/database/images';
import { saveLabels } from '../../src/database/labels';
import { removePictures } from '../../src/database/removal';
import { aboutRun } from './embeddings_about';
import { exportEncoder } from './exports';
import { neighboursCsv } from './neighbours_csv';

afterEach(removeDatabases);

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test('vectors have length 1, say what made them, and come with the labels of every column', async () => {
  const db = await freshDatabase();
  const squares = imagesFrom(0, 3).map(() => new Uint8Array(48));
  await putBatch(db, someDataset({ count: 3 }), imagesFrom(0, 3), squares, []);
  await saveLabels(db, 'set', [
    { kind: 'class', name: 'label', values: ['good', null, 'bad'] },
    { kind: 'number', name: 'price', values: [1.5, 2, null] },
  ]);
  const network = pretrainedRun('inception-v3');
  const table = { dataset: 'set', step: 0, count: 3, dim: 2, values: Float32Array.of(3, 4, 0, 2, 0, 0) };
  await saveEmbeddings(db, { ...table, run: network, about: 'a network' });

  const files = await exportEncoder(db, 'set', network, undefined);
  const { shape, data } = readNpy(files['embeddings.npy']);
  expect(shape).toEqual([3, 2]);
  expect([...data].map((value) => Number(value.toFixed(6)))).toEqual([0.6, 0.8, 0, 1, 0, 0]);
  expect(JSON.parse(text(files['embeddings.json']))).toMatchObject({
    ...{ encoder: 'InceptionV3', step: null, layer: 'mixed5, mean pooled', refined: false, unitLength: true },
    preprocessing: { shorterSide: 100, centreCrop: 100, range: [0, 1], mean: [0, 0, 0], std: [1, 1, 1] },
  });
  expect(text(files['neighbours.csv'])).toMatch(/^path,rank,neighbour,similarity\r\n/);
  const [first] = await parquetReadObjects({ file: files['embeddings.parquet'].slice().buffer });
  expect(first).toMatchObject({ row: 0, 'label (labels)': 'good', price: 1.5, embedding: [...data.subarray(0, 2)] });
  const vectors = readCsv(text(files['embeddings.csv']));
  expect([vectors.columns, vectors.rows[0][0]]).toEqual([['path', 'd0', 'd1'], 'folder/0.jpg']);
  expect(Float32Array.from(vectors.rows.flatMap(([, ...values]) => values.map(Number)))).toEqual(data);
  const { columns, rows } = readCsv(text(files['images.csv']));
  expect(columns).toEqual(['row', 'path', 'label', 'sha256', 'label (labels)', 'price']);
  expect(rows.map((row) => row.slice(4))).toEqual([
    ['good', '1.5'],
    ['', '2'],
    ['bad', ''],
  ]);
});

test('pictures added since and removed ones are in no file', async () => {
  const db = await freshDatabase();
  const squares = imagesFrom(0, 4).map(() => new Uint8Array(48));
  await putBatch(db, someDataset({ count: 4 }), imagesFrom(0, 4), squares, []);
  await removePictures(db, 'set', [1]);
  const network = pretrainedRun('inception-v3');
  const table = { dataset: 'set', step: 0, count: 3, dim: 2, values: Float32Array.of(3, 4, 0, 2, 5, 0) };
  await saveEmbeddings(db, { ...table, run: network, about: 'a network' });
  const files = await exportEncoder(db, 'set', network, undefined);
  expect(readNpy(files['embeddings.npy']).shape).toEqual([2, 2]);
  const listed = await parquetReadObjects({ file: files['embeddings.parquet'].slice().buffer });
  expect(listed.map(({ path, embedding }) => [path, embedding])).toEqual([
    ['folder/0.jpg', [...Float32Array.of(0.6, 0.8)]],
    ['folder/2.jpg', [1, 0]],
  ]);
  const paths = ['folder/0.jpg', 'folder/2.jpg'];
  expect(readCsv(text(files['embeddings.csv'])).rows.map(([path]) => path)).toEqual(paths);
  expect(readCsv(text(files['images.csv'])).rows.map(([, path]) => path)).toEqual(paths);
});

test('the graph of neighbours has a line an edge, the nearest of each picture first', async () => {
  const images = [{ path: 'a.jpg' }, { path: '=b.jpg' }, { path: 'c.jpg' }];
  const rows = { values: Float32Array.of(3, 4, 0, 2, 5, 0), count: 3, dim: 2 };
  expect(readCsv(neighboursCsv(images, rows, { refined: false }) ?? '').rows).toEqual([
    ['a.jpg', '1', '=b.jpg', '0.800000'],
    ['a.jpg', '2', 'c.jpg', '0.600000'],
    ['=b.jpg', '1', 'a.jpg', '0.800000'],
    ['=b.jpg', '2', 'c.jpg', '0.000000'],
    ['c.jpg', '1', 'a.jpg', '0.600000'],
    ['c.jpg', '2', '=b.jpg', '0.000000'],
  ]);
});

test('vectors of a run name its step, its layer, and the squares that it sees', () => {
  const run = { ...someRun(), config: { ...someRun().config, backbone: 'resnet18' as const, side: 64 } };
  expect(aboutRun(run, 7, { values: new Float32Array(0), count: 0, dim: 64 }, true)).toMatchObject({
    ...{ encoder: 'MoCo v2', step: 7, layer: 'layer4, mean pooled', refined: true },
    preprocessing: { shorterSide: 80, centreCrop: 64, mean: [0.5, 0.5, 0.5] },
  });
});
