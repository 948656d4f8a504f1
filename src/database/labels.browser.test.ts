import { afterEach, describe, expect, it } from 'vitest';
import type { Judgement } from '../core/judgement';
import type { ClassColumn, NumberColumn } from '../core/labels/column';
import { openDatabase } from './connection';
import { freshDatabase, imagesFrom, olderDatabase, removeDatabases } from './fixtures';
import { readImages } from './images';
import { packJudgement, readJudgement, readJudgements, saveJudgement } from './judgements';
import { deleteLabels, readLabels, saveLabels } from './labels';

afterEach(removeDatabases);

const kind: ClassColumn = { kind: 'class', name: 'kind', values: ['a', null, 'b'] };
const price: NumberColumn = { kind: 'number', name: 'price', values: [1.5, null, -2] };

const judgement = (values: Partial<Judgement> = {}): Judgement => ({
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
    const db = await freshDatabase();
    await saveLabels(db, 'set', [price, kind]);
    await saveLabels(db, 'other', [{ ...kind, name: 'theirs' }]);
    await saveJudgement(db, judgement(), [kind]);
    expect(await readLabels(db, 'set')).toEqual([kind, price]);
    expect(await readJudgement(db, 'set', 'kind', 'raw pixels')).toEqual(judgement());
    expect(await readJudgements(db, 'other')).toEqual([]);
  });

  it('lose what was found by the labels of before, and nothing else, when labels change', async () => {
    const db = await freshDatabase();
    await saveLabels(db, 'set', [kind, price]);
    for (const column of ['kind', 'price', 'folder']) await saveJudgement(db, judgement({ column }), [kind, price]);
    await saveLabels(db, 'set', [{ ...kind, values: ['a', 'a', 'b'] }]);
    expect((await readJudgements(db, 'set')).map(({ column }) => column)).toEqual(['folder', 'price']);
    await deleteLabels(db, 'set', 'price');
    expect(await readLabels(db, 'set')).toHaveLength(1);
    expect((await readJudgements(db, 'set')).map(({ column }) => column)).toEqual(['folder']);
    await deleteLabels(db, 'set');
    expect([...(await readLabels(db, 'set')), ...(await readJudgements(db, 'set'))]).toEqual([]);
  });

  it('lose what was found by other labels while their groups were kept together', async () => {
    const db = await freshDatabase();
    const judged = async () => (await readJudgements(db, 'set')).map(({ column, groups }) => `${column} ${groups}`);
    await saveLabels(db, 'set', [kind, price]);
    for (const [column, groups] of [
      ['kind', 'price'],
      ['price', 'folder'],
      ['folder', 'kind'],
    ])
      await saveJudgement(db, judgement({ column, groups }), [kind, price]);
    await saveLabels(db, 'set', [{ ...kind, values: ['a', 'a', 'b'] }]);
    expect(await judged()).toEqual(['price folder']);
    await saveJudgement(db, judgement({ column: 'folder', groups: 'price' }), [price]);
    await deleteLabels(db, 'set', 'price');
    expect(await judged()).toEqual([]);
  });

  it('are not mixed: what was found by labels of before is not kept', async () => {
    const db = await freshDatabase();
    const [found, grouped] = [judgement(), judgement({ of: 'colour histogram', groups: 'price' })];
    await saveLabels(db, 'set', [kind, price]);
    expect(await saveJudgement(db, grouped, [kind, price])).toBe(true);
    await saveLabels(db, 'set', [{ ...price, values: [1.5, null, -3] }]);
    expect(await saveJudgement(db, grouped, [kind, price])).toBe(false);
    expect(await saveJudgement(db, found, [kind, price])).toBe(true);
    await saveLabels(db, 'set', [{ ...kind, values: ['a', 'a', 'b'] }]);
    expect(await saveJudgement(db, found, [kind, price])).toBe(false);
    await deleteLabels(db, 'set', 'kind');
    expect(await saveJudgement(db, found, [kind, price])).toBe(false);
    expect(await readJudgement(db, 'set', 'kind', 'raw pixels')).toBe(null);
  });

  it('say nothing when a byte has flipped', async () => {
    const db = await freshDatabase();
    const stored = packJudgement(judgement());
    new Uint8Array(stored.bytes)[20] ^= 1;
    await db.put('judgements', stored);
    expect(await readJudgement(db, 'set', 'kind', 'raw pixels')).toBe(null);
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
