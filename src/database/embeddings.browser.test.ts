import { deleteDB } from 'idb';
import { afterEach, expect, it } from 'vitest';
import { backupOf } from './backup';
import { sealed } from './binary';
import { type Database, openDatabase } from './connection';
import { PART_ROWS, type WholeEmbeddings } from './embedding_parts';
import {
  checkedEmbeddings,
  listEmbedded,
  loadBaselines,
  loadEmbeddings,
  saveBaselines,
  saveEmbeddings,
} from './embeddings';
import { freshDatabase, removeDatabases, someDataset } from './fixtures.testing';
import { MIGRATIONS } from './migrations';
import { removePictures } from './removal';
import { restore } from './restore';

afterEach(removeDatabases);

const table = (step: number, run = 'run', count = 2) => ({
  ...{ dataset: 'set', run, step, count, dim: 3, about: 'its own words' },
  values: Float32Array.from({ length: 3 * count }, (_, at) => at + step),
});

/** More rows than two parts hold. */
const MANY = 2 * PART_ROWS + 10;
const partAt = async (db: Database, first: number) =>
  (await db.getAllKeys('embeddingParts')).find(([, , of]) => of === first) as [string, string, number];

/** Stores other values in a part, past all that checks them. */
async function replacePart(db: Database, first: number, change: (values: Float32Array) => void): Promise<void> {
  const part = await db.get('embeddingParts', await partAt(db, first));
  if (!part) throw new Error('No such part');
  change(new Float32Array(part.bytes));
  await db.put('embeddingParts', part);
}

it('embeddings are read back, the newest step of each run', async () => {
  const db = await freshDatabase();
  expect(await loadEmbeddings(db, 'set', 'run')).toBe(null);
  await saveEmbeddings(db, table(5));
  await saveEmbeddings(db, table(9, 'another'));
  await saveEmbeddings(db, table(0, 'untrained'));
  expect(await loadEmbeddings(db, 'set', 'run')).toEqual(table(5));
  await saveEmbeddings(db, table(7));
  await saveEmbeddings(db, table(6));
  expect(await loadEmbeddings(db, 'set', 'run')).toEqual(table(7));
  expect(await loadEmbeddings(db, 'set', 'another')).toEqual(table(9, 'another'));
  expect(await loadEmbeddings(db, 'set', 'untrained')).toEqual(table(0, 'untrained'));
});

it('those of an earlier step take the place of later ones where the user asked for these', async () => {
  const db = await freshDatabase();
  await saveEmbeddings(db, table(7));
  await saveEmbeddings(db, table(6), { whatever: true });
  expect(await loadEmbeddings(db, 'set', 'run')).toEqual(table(6));
});

it('they are damaged where one bit of a part is another, a part is gone, or what is known of them is nonsense', async () => {
  const db = await freshDatabase();
  const refused = async (): Promise<void> => {
    await expect(loadEmbeddings(db, 'set', 'run')).rejects.toMatchObject({ kind: 'data' });
    expect(await checkedEmbeddings(db, 'set', 'run')).toBe('damaged');
    await saveEmbeddings(db, table(5, 'run', MANY));
    expect(await checkedEmbeddings(db, 'set', 'run')).toMatchObject({ step: 5, count: MANY });
  };
  await saveEmbeddings(db, table(5, 'run', MANY));
  await replacePart(db, PART_ROWS, (values) => {
    new Uint8Array(values.buffer)[7] ^= 1;
  });
  await refused();
  await db.delete('embeddingParts', await partAt(db, PART_ROWS));
  await refused();
  await db.put('embeddings', { dataset: 'set', run: 'run', step: 5 } as never);
  expect(await listEmbedded(db, 'set')).toEqual([]);
  await refused();
});

it('a removed picture leaves them, in whichever part it and what stands in for it lie', async () => {
  const db = await freshDatabase();
  await db.put('datasets', someDataset({ count: MANY }));
  await saveEmbeddings(db, table(1, 'run', MANY));
  const removed = [1, PART_ROWS + 3, MANY - 1];
  await removePictures(db, 'set', removed);
  const { values } = (await loadEmbeddings(db, 'set', 'run')) ?? table(0);
  const rows = Array.from({ length: MANY }, (_, row) => values[3 * row] - 1);
  for (const row of removed) expect(rows).not.toContain(3 * row);
  const others = rows.filter((_, row) => !removed.includes(row));
  expect(others).toEqual(Array.from({ length: MANY }, (_, row) => 3 * row).filter((_, row) => !removed.includes(row)));
});

/** As versions before 7 stored it. */
const whole = (run: string, count: number): WholeEmbeddings => {
  const { values, ...head } = table(4, run, count);
  return { ...head, ...sealed(values) };
};

it('those of an older version are taken apart, and damaged ones are left to be made anew', async () => {
  const older = await openDatabase(`version 6 ${Math.random()}`, MIGRATIONS.slice(0, 6));
  await older.put('datasets', someDataset());
  for (const record of [whole('run', MANY), whole('small', 1), { ...whole('damaged', 2), check: 1 }])
    await older.put('embeddings', record as never);
  older.close();
  const db = await openDatabase(older.name);
  expect(await loadEmbeddings(db, 'set', 'run')).toEqual(table(4, 'run', MANY));
  expect(await loadEmbeddings(db, 'set', 'small')).toEqual(table(4, 'small', 1));
  expect(await loadEmbeddings(db, 'set', 'damaged')).toBe(null);
  db.close();
  await deleteDB(db.name);
});

it('a back-up of an older version comes back in parts', async () => {
  const older = await freshDatabase();
  await older.put('embeddings', whole('run', MANY) as never);
  const files = await Array.fromAsync(backupOf(older, 'set'), ({ bytes }) => bytes);
  const db = await freshDatabase('other');
  await restore(db, new Blob(files), () => undefined, new AbortController().signal);
  expect(await loadEmbeddings(db, 'set', 'run')).toEqual(table(4, 'run', MANY));
});

it('baselines are kept by what they depend on', async () => {
  const db = await freshDatabase();
  const evaluations = [{ of: 'raw pixels' as const, step: 0, measures: [] }];
  await saveBaselines(db, 'set', 'resnet8 32', evaluations);
  expect(await loadBaselines(db, 'set', 'resnet8 32')).toEqual(evaluations);
  expect(await loadBaselines(db, 'set', 'resnet8 64')).toBe(null);
});
