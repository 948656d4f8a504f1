import { afterEach, expect, it } from 'vitest';
import { pretrainedRun } from '../core/pretrained';
import { checkpointBytes, saveCheckpoint } from './checkpoints';
import type { Database } from './connection';
import { listEmbedded, saveBaselines, saveEmbeddings } from './embeddings';
import { freshDatabase, removeDatabases, someCheckpoint, someDataset, someRun } from './fixtures';
import { deleteEncoder, putRun } from './runs';
import { saveTestResult } from './test_results';
import { listWeightsFiles, saveWeightsFile } from './weights';

afterEach(removeDatabases);

const FILE = pretrainedRun('mine.safetensors');

/** Everything that is stored, as text. */
async function everything(db: Database): Promise<string> {
  const found: unknown[] = [];
  for (const store of db.objectStoreNames) found.push(await db.getAllKeys(store), await db.getAll(store));
  return JSON.stringify(found);
}

async function evaluated(db: Database, of: string): Promise<void> {
  const units = Int32Array.of(0);
  const about = { dataset: 'set', column: 'folder', version: 'one', groups: null, units };
  await saveTestResult(db, { ...about, of, measures: [], classes: null, numbers: null }, []);
}

const embed = (db: Database, dataset: string, run: string): Promise<void> =>
  saveEmbeddings(db, { dataset, run, step: 3, count: 2, dim: 4, values: new Float32Array(8), about: 'ours' });

it('after a run is deleted nothing in any store mentions it, and its sibling is as it was', async () => {
  const db = await freshDatabase();
  await db.put('datasets', someDataset());
  for (const id of ['gone', 'stays']) {
    await putRun(db, someRun(id));
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

it('a file of weights goes with the last data set that is embedded by it', async () => {
  const db = await freshDatabase();
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
