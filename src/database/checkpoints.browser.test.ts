import { afterEach, describe, expect, it } from 'vitest';
import { loadCheckpoint, readHistory, saveCheckpoint } from './checkpoints';
import type { Database } from './connection';
import { databaseWithRun, freshDatabase, removeDatabases, someCheckpoint, someRun } from './fixtures.testing';
import { listRuns, readRun } from './runs';
import type { Slot } from './schema';
import { createRun } from './storage';

afterEach(removeDatabases);

async function flipArray(db: Database, slot: Slot, name: string): Promise<void> {
  const array = await db.get('arrays', ['run', slot, name]);
  if (!array) throw new Error('No such array');
  new Uint8Array(array.bytes)[5] ^= 2;
  await db.put('arrays', array);
}

const newestSlot = async (db: Database): Promise<Slot> => (await db.get('newest', 'run'))?.slot ?? 0;

describe('a checkpoint', () => {
  it('is read back as it was saved, with the history and the run’s step', async () => {
    const db = await databaseWithRun();
    expect(await loadCheckpoint(db, 'run')).toBe(null);
    expect(await readHistory(db, 'run')).toBe(null);
    await saveCheckpoint(db, someCheckpoint(3));
    expect(await loadCheckpoint(db, 'run')).toEqual(someCheckpoint(3));
    expect(await readHistory(db, 'run')).toEqual(someCheckpoint(3).history);
    expect(await readRun(db, 'run')).toMatchObject({ step: 3, seconds: 0.3 });
  });

  it('takes the older of two slots each time', async () => {
    const db = await databaseWithRun();
    for (const step of [1, 2, 3, 4]) {
      await saveCheckpoint(db, someCheckpoint(step));
      const steps = (await db.getAll('checkpoints')).map((head) => head.step);
      expect(steps.toSorted()).toEqual(step === 1 ? [1] : [step - 1, step]);
      expect((await loadCheckpoint(db, 'run'))?.step).toBe(step);
    }
    expect(await db.count('arrays')).toBe(4);
  });

  it('stores of a view into a larger buffer only the view', async () => {
    const db = await databaseWithRun();
    const data = new Float32Array(100).fill(7).subarray(10, 16);
    const checkpoint = { ...someCheckpoint(1), variables: { w: { shape: [6], data } } };
    await saveCheckpoint(db, checkpoint);
    expect((await db.get('arrays', ['run', 0, 'w']))?.bytes.byteLength ?? 24).toBe(24);
    expect((await loadCheckpoint(db, 'run'))?.variables.w.data).toEqual(new Float32Array(6).fill(7));
  });

  it('that is damaged gives way to the one before', async () => {
    const db = await databaseWithRun();
    await saveCheckpoint(db, someCheckpoint(1));
    await saveCheckpoint(db, someCheckpoint(2));
    await flipArray(db, await newestSlot(db), 'queue.ids');
    expect(await loadCheckpoint(db, 'run')).toEqual(someCheckpoint(1));
    // Training goes on from there, and is good again with its next checkpoint.
    await saveCheckpoint(db, someCheckpoint(2));
    expect((await loadCheckpoint(db, 'run'))?.step).toBe(2);
  });

  it('that lacks an array gives way too, and one that lacks its history does not', async () => {
    const db = await databaseWithRun();
    await saveCheckpoint(db, someCheckpoint(1));
    await saveCheckpoint(db, someCheckpoint(2));
    await db.delete('arrays', ['run', await newestSlot(db), 'queue.ids']);
    expect((await loadCheckpoint(db, 'run'))?.step).toBe(1);
    await saveCheckpoint(db, someCheckpoint(3));
    await saveCheckpoint(db, someCheckpoint(4));
    await db.delete('histories', ['run', await newestSlot(db)]);
    expect((await loadCheckpoint(db, 'run'))?.step).toBe(4);
    expect(await readHistory(db, 'run')).toEqual(someCheckpoint(3).history);
  });

  it('is a fault when both are damaged, and says what', async () => {
    const db = await databaseWithRun();
    await saveCheckpoint(db, someCheckpoint(1));
    await saveCheckpoint(db, someCheckpoint(2));
    await flipArray(db, 0, 'query/conv1.weight');
    await flipArray(db, 1, 'queue.ids');
    await expect(loadCheckpoint(db, 'run')).rejects.toMatchObject({
      kind: 'data',
      message: expect.stringMatching(/step 2, "queue\.ids" is damaged; .*step 1, "query\/conv1\.weight" is damaged/),
    });
  });

  it('that cannot be written leaves the others as they are', async () => {
    const db = await databaseWithRun();
    await saveCheckpoint(db, someCheckpoint(1));
    await saveCheckpoint(db, someCheckpoint(2));
    const broken = { ...someCheckpoint(3), savedAt: (() => 0) as unknown as number };
    await expect(saveCheckpoint(db, broken)).rejects.toThrow();
    expect((await loadCheckpoint(db, 'run'))?.step).toBe(2);
    expect((await db.getAll('checkpoints')).map(({ step }) => step).toSorted()).toEqual([1, 2]);
    // Both slots are whole: the one that was to be written over as well.
    await flipArray(db, await newestSlot(db), 'queue.ids');
    expect(await loadCheckpoint(db, 'run')).toEqual(someCheckpoint(1));
    expect((await readRun(db, 'run'))?.step).toBe(2);
  });
});

describe('runs', () => {
  it('are listed newest first, for their data set', async () => {
    const db = await freshDatabase();
    await createRun(db, { ...someRun('a'), createdAt: 1 });
    await createRun(db, { ...someRun('b'), createdAt: 2 });
    await createRun(db, someRun('c', 'other'));
    expect((await listRuns(db, 'set')).map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
