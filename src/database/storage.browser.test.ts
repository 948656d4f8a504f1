import { afterEach, expect, it } from 'vitest';
import { pretrainedRun } from '../core/pretrained';
import { checkpointBytes, saveCheckpoint } from './checkpoints';
import type { Database } from './connection';
import { listEmbedded, saveBaselines } from './embeddings';
import {
  freshDatabase,
  imagesFrom,
  removeDatabases,
  someCheckpoint,
  someDataset,
  someRun,
  squaresFrom,
} from './fixtures.testing';
import { putFolder, readFolders } from './folders';
import { putBatch } from './images';
import { saveLabels } from './labels';
import { putRun } from './runs';
import { createRun, deleteDataset, deleteEncoder, sweep } from './storage';
import { saveTestResult } from './test_results';
import { listWeightsFiles, saveWeightsFile } from './weights';
import { embed, everything, fill } from './whole.testing';

afterEach(removeDatabases);

const FILE = pretrainedRun('mine.safetensors');

async function evaluated(db: Database, of: string): Promise<void> {
  const units = Int32Array.of(0);
  const about = { dataset: 'set', column: 'folder', version: 'one', groups: null, units };
  await saveTestResult(db, { ...about, of, measures: [], classes: null, numbers: null }, []);
}

it('after a run is deleted nothing in any store mentions it, and its sibling is as it was', async () => {
  const db = await freshDatabase();
  for (const id of ['gone', 'stays']) {
    await createRun(db, someRun(id));
    for (const step of [1, 2]) await saveCheckpoint(db, someCheckpoint(step, id));
    await embed(db, 'set', id);
    await evaluated(db, id);
  }
  const bytes = await checkpointBytes(db, 'stays');
  expect(bytes).toBeGreaterThan(0);
  expect(await everything(db)).toContain('gone');
  await deleteEncoder(db, 'set', 'gone');
  // What a test that was under way finds of it is not kept.
  await evaluated(db, 'gone');
  const left = await everything(db);
  expect(left).not.toContain('gone');
  expect(left).toContain('stays');
  expect(await checkpointBytes(db, 'stays')).toBe(bytes);
  expect(await checkpointBytes(db, 'gone')).toBe(0);
  expect(await listEmbedded(db, 'set')).toMatchObject([{ encoder: 'stays', step: 3, count: 2, bytes: 32 }]);
});

it('after a data set is deleted nothing in any store mentions it, and another is as it was', async () => {
  const db = await freshDatabase('first');
  await fill(db, 'set2');
  const before = await everything(db);
  await fill(db, 'set');
  await deleteDataset(db, 'set');
  expect(await everything(db)).toBe(before);
});

it('nothing is written for what is gone', async () => {
  const db = await freshDatabase();
  await createRun(db, someRun());
  await deleteDataset(db, 'set');
  const before = await everything(db);
  const gone = { kind: 'data', message: expect.stringContaining('no longer here') };
  const batch = putBatch(db, someDataset({ count: 1 }), imagesFrom(0, 1), squaresFrom(0, 1), []);
  await expect(batch).rejects.toMatchObject(gone);
  await expect(saveCheckpoint(db, someCheckpoint(1))).rejects.toMatchObject(gone);
  await expect(putRun(db, someRun())).rejects.toMatchObject(gone);
  await expect(embed(db, 'set', 'run')).rejects.toMatchObject(gone);
  await expect(saveBaselines(db, 'set', 'key', [])).rejects.toMatchObject(gone);
  await expect(saveLabels(db, 'set', [])).rejects.toMatchObject(gone);
  expect(await everything(db)).toBe(before);
});

it('what nothing refers to is swept away, whatever store it is in, and nothing else', async () => {
  const db = await freshDatabase('first');
  for (const id of ['a', 'set2']) await fill(db, id);
  const before = await everything(db);
  await fill(db, 'set');
  // As older versions left it: the data set's own record went first.
  await db.delete('datasets', 'set');
  await sweep(db);
  expect(await everything(db)).toBe(before);
  await db.delete('runs', 'run of a');
  await sweep(db);
  expect(await checkpointBytes(db, 'run of a')).toBe(0);
  expect((await db.getAllKeys('newest')).join()).toBe('run of set2');
});

it('a file of weights goes with the last data set that is embedded by it', async () => {
  const db = await freshDatabase('set', 'other');
  const encoder = { backbone: 'resnet18', width: 64, stem: 'imagenet' } as const;
  const about = { name: 'mine.safetensors', sha256: 'hash', addedAt: 1, size: 2, encoder };
  await saveWeightsFile(db, about, Uint8Array.of(1, 2));
  for (const dataset of ['set', 'other']) {
    await embed(db, dataset, FILE);
    await saveBaselines(db, dataset, FILE, []);
  }
  await deleteEncoder(db, 'set', FILE);
  expect(await listWeightsFiles(db)).toEqual([about]);
  await deleteEncoder(db, 'other', FILE);
  expect(await listWeightsFiles(db)).toEqual([]);
  expect(await everything(db)).not.toContain('mine');
});

it('the handle of a folder is kept once, and goes with its data set; that of one that is gone is not kept', async () => {
  const db = await freshDatabase();
  const handle = await (await navigator.storage.getDirectory()).getDirectoryHandle('source', { create: true });
  for (let time = 0; time < 2; time++) await putFolder(db, 'set', { handle, prefix: '' });
  await putFolder(db, 'set', { handle, prefix: 'source/' });
  await putFolder(db, 'gone', { handle, prefix: '' });
  const [kept, other] = await readFolders(db, 'set');
  expect(await kept.handle.isSameEntry(handle)).toBe(true);
  expect([kept.prefix, other.prefix]).toEqual(['', 'source/']);
  await db.put('folders', { dataset: 'lost', place: 0, handle, prefix: '' });
  await sweep(db);
  expect(await db.count('folders')).toBe(2);
  await deleteDataset(db, 'set');
  expect(await db.count('folders')).toBe(0);
});
