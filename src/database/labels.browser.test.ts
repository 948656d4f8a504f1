import { afterEach, describe, expect, it } from 'vitest';
import type { ClassColumn, NumberColumn } from '../core/labels/column';
import type { TestResult } from '../core/test_result';
import { openDatabase } from './connection';
import { freshDatabase, imagesFrom, olderDatabase, removeDatabases } from './fixtures.testing';
import { readImages } from './images';
import { deleteLabels, readLabels, saveLabels } from './labels';
import { packTestResult, readTestResult, readTestResults, saveTestResult } from './test_results';

afterEach(removeDatabases);

const kind: ClassColumn = { kind: 'class', name: 'kind', values: ['a', null, 'b'] };
const price: NumberColumn = { kind: 'number', name: 'price', values: [1.5, null, -2] };

const result = (values: Partial<TestResult> = {}): TestResult => ({
  dataset: 'set',
  column: 'kind',
  of: 'raw pixels',
  version: '3 pictures',
  groups: null,
  units: Int32Array.of(0, 0, 1),
  measures: [
    {
      measure: { name: 'kNN', value: Number.NaN, interval: { low: 0, high: 1 }, protocol: 'Of two.' },
      scores: { kind: 'mean', rows: Int32Array.of(0, 2), values: Float64Array.of(0.1, Number.NaN) },
    },
  ],
  classes: { names: ['a', 'b'], rows: Int32Array.of(0, 2), truth: Int32Array.of(0, 1), predicted: Int32Array.of(1, 1) },
  numbers: null,
  ...values,
});

describe('labels and what was found by them', () => {
  it('come back as they were stored, of their own data set alone', async () => {
    const db = await freshDatabase('set', 'other');
    await saveLabels(db, 'set', [price, kind]);
    await saveLabels(db, 'other', [{ ...kind, name: 'theirs' }]);
    await saveTestResult(db, result(), [kind]);
    expect(await readLabels(db, 'set')).toEqual([kind, price]);
    expect(await readTestResult(db, 'set', 'kind', 'raw pixels')).toEqual(result());
    expect(await readTestResults(db, 'other')).toEqual([]);
  });

  it('lose what was found by the labels of before, and nothing else, when labels change', async () => {
    const db = await freshDatabase();
    await saveLabels(db, 'set', [kind, price]);
    for (const column of ['kind', 'price', 'folder']) await saveTestResult(db, result({ column }), [kind, price]);
    await saveLabels(db, 'set', [{ ...kind, values: ['a', 'a', 'b'] }]);
    expect((await readTestResults(db, 'set')).map(({ column }) => column)).toEqual(['folder', 'price']);
    await deleteLabels(db, 'set', 'price');
    expect(await readLabels(db, 'set')).toHaveLength(1);
    expect((await readTestResults(db, 'set')).map(({ column }) => column)).toEqual(['folder']);
  });

  it('lose what was found by other labels while their groups were kept together', async () => {
    const db = await freshDatabase();
    const evaluated = async () => (await readTestResults(db, 'set')).map(({ column, groups }) => `${column} ${groups}`);
    await saveLabels(db, 'set', [kind, price]);
    for (const [column, groups] of [
      ['kind', 'price'],
      ['price', 'folder'],
      ['folder', 'kind'],
    ])
      await saveTestResult(db, result({ column, groups }), [kind, price]);
    await saveLabels(db, 'set', [{ ...kind, values: ['a', 'a', 'b'] }]);
    expect(await evaluated()).toEqual(['price folder']);
    await saveTestResult(db, result({ column: 'folder', groups: 'price' }), [price]);
    await deleteLabels(db, 'set', 'price');
    expect(await evaluated()).toEqual([]);
  });

  it('are not mixed: what was found by labels of before is not kept', async () => {
    const db = await freshDatabase();
    const [found, grouped] = [result(), result({ of: 'colour histogram', groups: 'price' })];
    await saveLabels(db, 'set', [kind, price]);
    expect(await saveTestResult(db, grouped, [kind, price])).toBe(true);
    await saveLabels(db, 'set', [{ ...price, values: [1.5, null, -3] }]);
    expect(await saveTestResult(db, grouped, [kind, price])).toBe(false);
    expect(await saveTestResult(db, found, [kind, price])).toBe(true);
    await saveLabels(db, 'set', [{ ...kind, values: ['a', 'a', 'b'] }]);
    expect(await saveTestResult(db, found, [kind, price])).toBe(false);
    await deleteLabels(db, 'set', 'kind');
    expect(await saveTestResult(db, found, [kind, price])).toBe(false);
    expect(await readTestResult(db, 'set', 'kind', 'raw pixels')).toBe(null);
  });

  it('say nothing when a byte has flipped', async () => {
    const db = await freshDatabase();
    const stored = packTestResult(result());
    new Uint8Array(stored.bytes)[20] ^= 1;
    await db.put('judgements', stored);
    expect(await readTestResult(db, 'set', 'kind', 'raw pixels')).toBe(null);
  });

  it('have their places in a database of version 1 after it was opened, which keeps its pictures', async () => {
    const db = await openDatabase(await olderDatabase(1, { set: 3 }));
    await saveLabels(db, 'set', [kind]);
    expect(await readLabels(db, 'set')).toEqual([kind]);
    expect(await readImages(db, 'set', 0, 3)).toEqual(imagesFrom(0, 3));
    db.close();
    indexedDB.deleteDatabase(db.name);
  });
});
