import { saveCheckpoint } from './checkpoints';
import type { Database } from './connection';
import { putSetAside } from './datasets';
import { saveBaselines, saveEmbeddings } from './embeddings';
import { imagesFrom, someCheckpoint, someDataset, someRun, squaresFrom } from './fixtures.testing';
import { putBatch } from './images';
import { saveLabels } from './labels';
import { pack } from './packed';
import { createDataset, createRun } from './storage';

// Whole data sets, and whole databases, for tests of what is deleted and copied.

/** Everything that is stored, to the last bit, a character a byte. */
export async function everything(db: Database): Promise<string> {
  const found: unknown[] = [];
  for (const store of db.objectStoreNames) found.push(await db.getAllKeys(store), await db.getAll(store));
  return new TextDecoder('latin1').decode(pack(found));
}

export const embed = (db: Database, dataset: string, run: string): Promise<void> =>
  saveEmbeddings(db, { dataset, run, step: 3, count: 2, dim: 4, values: new Float32Array(8), about: 'ours' });

/** A data set with pictures and their files, labels, a run, its checkpoints, and another encoder. */
export async function fill(db: Database, id: string): Promise<void> {
  await createDataset(db, someDataset({ id }));
  const refusal = { dataset: id, path: 'bad.jpg', fileBytes: 3, reason: 'The file is empty.' };
  await putBatch(db, someDataset({ id, count: 2 }), imagesFrom(0, 2, id), squaresFrom(0, 2), [refusal]);
  const run = `run of ${id}`;
  await createRun(db, someRun(run, id));
  for (const step of [1, 2]) await saveCheckpoint(db, someCheckpoint(step, run));
  for (const encoder of [run, 'untrained']) await embed(db, id, encoder);
  await saveBaselines(db, id, 'key', []);
  await putSetAside(db, id, [1], true);
  await saveLabels(db, id, [{ kind: 'class', name: 'kind', values: ['a', 'b'] }]);
}
