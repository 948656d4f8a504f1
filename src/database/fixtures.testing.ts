import { deleteDB } from 'idb';
import { chooseDefaults } from '../core/defaults';
import type { Checkpoint, Dataset, Image, Run } from '../core/records';
import { type Database, openDatabase } from './connection';
import { readImages } from './images';
import { MIGRATIONS } from './migrations';
import { damagedRows, type Shard, salvageShard } from './pixels';
import type { RowShard } from './schema';
import { createDataset, createRun } from './storage';
import { packThumbnails } from './thumbnails';

// Rows for the tests of this folder.

let names = 0;
const opened: Database[] = [];

/** A database of its own with these data sets, which are empty; gone after `removeDatabases`. */
export async function freshDatabase(...datasets: string[]): Promise<Database> {
  const db = await openDatabase(`test ${names++} ${Math.random()}`);
  opened.push(db);
  for (const id of datasets.length > 0 ? datasets : ['set']) await createDataset(db, someDataset({ id }));
  return db;
}

/** A database with a run. */
export async function databaseWithRun(): Promise<Database> {
  const db = await freshDatabase();
  await createRun(db, someRun());
  return db;
}

export async function removeDatabases(): Promise<void> {
  for (const db of opened.splice(0)) {
    db.close();
    await deleteDB(db.name);
  }
}

export const someDataset = (values: Partial<Dataset> = {}): Dataset => ({
  id: 'set',
  name: 'Set',
  createdAt: 1,
  count: 0,
  duplicates: 0,
  refused: 0,
  bytes: 0,
  storedSide: 4,
  medianSide: 4,
  labels: {},
  pins: [],
  complete: true,
  ...values,
});

export const someImage = (row: number, dataset = 'set'): Image => ({
  dataset,
  row,
  path: `folder/${row}.jpg`,
  label: 'folder',
  sha256: `hash ${row}`,
  width: 4,
  height: 4,
  fileBytes: 10,
  thumbnail: Uint8Array.of(row, 1, 2, 3).buffer,
  thumbnailType: 'image/jpeg',
  copies: [],
});

export const imagesFrom = (first: number, count: number, dataset = 'set'): Image[] =>
  Array.from({ length: count }, (_, i) => someImage(first + i, dataset));

/** Squares [4, 4, 3] of so many rows. */
export const squaresFrom = (first: number, count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, i) => pixelsFrom(first + i, 1));

/** Pixels [count, 4, 4, 3]; every byte of a picture is its row. */
export function pixelsFrom(first: number, count: number): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(count * 48);
  for (let i = 0; i < count; i++) pixels.fill(first + i, i * 48, (i + 1) * 48);
  return pixels;
}

/**
 * A database of version 1 or 2, which had a record for each picture, with data sets of these sizes.
 * @returns its name
 */
export async function olderDatabase(version: number, sizes: Record<string, number>): Promise<string> {
  const db = await openDatabase(`version ${version} ${Math.random()}`, MIGRATIONS.slice(0, version));
  const tx = db.transaction(['datasets', 'images' as 'rows', 'thumbnails'], 'readwrite');
  for (const [id, count] of Object.entries(sizes)) {
    void tx.objectStore('datasets').put(someDataset({ id, count }));
    for (const image of imagesFrom(0, count, id)) {
      const { thumbnail: _, thumbnailType: __, ...row } = image;
      void tx.objectStore('images' as 'rows').put(row as unknown as RowShard);
      for (const record of packThumbnails([image])) void tx.objectStore('thumbnails').put(record);
    }
  }
  await tx.done;
  db.close();
  return db.name;
}

export const someRun = (id = 'run', dataset = 'set'): Run => ({
  id,
  dataset,
  config: chooseDefaults({ count: 400, medianSide: 60, storedSide: 80, imagesPerSecond: 500 }),
  status: 'running',
  createdAt: 1,
  step: 0,
  seconds: 0,
  backend: 'cpu',
  executor: 'tensorflow',
});

/** A checkpoint whose arrays tell its step. */
export function someCheckpoint(step: number, run = 'run'): Checkpoint {
  const column = (): Float32Array => Float32Array.from({ length: step }, (_, i) => i + 1);
  return {
    run,
    step,
    pointer: step * 2,
    seconds: step / 10,
    savedAt: step,
    coolDown: step % 2 ? { from: 1, steps: 2 } : null,
    variables: {
      'query/conv1.weight': { shape: [2, 3], data: new Float32Array(6).fill(step) },
      'queue.ids': { shape: [4], data: new Int32Array(4).fill(-step) },
    },
    history: {
      run,
      steps: {
        loss: column(),
        accuracy: column(),
        learningRate: column(),
        featureStd: column(),
        imagesPerSecond: column().map((value) => 10 * value),
      },
      evaluations: [{ of: 'run', step, measures: [{ name: 'kNN', value: 0.5, protocol: 'k = 5' }] }],
      probes: [{ step, probes: [{ row: 0, neighbours: [{ row: 1, similarity: 0.9 }] }] }],
    },
  };
}

/** A picture alone. */
export async function readImage(db: Database, dataset: string, row: number): Promise<Image | undefined> {
  const [image] = await readImages(db, dataset, row, 1);
  return image;
}

/**
 * The shard that begins at row `first`, whole.
 * @throws Fault 'data' that names the damaged rows
 */
export async function readShard(db: Database, dataset: string, first: number): Promise<Shard> {
  const { damaged, ...shard } = await salvageShard(db, dataset, first);
  if (damaged.length > 0) throw damagedRows(damaged);
  return shard;
}
