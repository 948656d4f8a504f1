import { afterEach, describe, expect, it } from 'vitest';
import { chooseDefaults } from '../../src/core/defaults';
import { Draws } from '../../src/core/random';
import type { Measure } from '../../src/core/records';
import type { Representation } from '../../src/core/representation';
import { saveCheckpoint } from '../../src/database/checkpoints';
import type { Database } from '../../src/database/connection';
import { putSetAside } from '../../src/database/datasets';
import { saveEmbeddings } from '../../src/database/embeddings';
import {
  freshDatabase,
  imagesFrom,
  removeDatabases,
  someCheckpoint,
  someDataset,
  someRun,
} from '../../src/database/fixtures.testing';
import { putBatch } from '../../src/database/images';
import { readLabels } from '../../src/database/labels';
import { removePictures } from '../../src/database/removal';
import { putRun } from '../../src/database/runs';
import { createRun } from '../../src/database/storage';
import { readTestResults } from '../../src/database/test_results';
import { evaluateEmbedding } from '../../src/evaluate/summary';
import { compareStored } from './comparing';
import { evaluateEncoders } from './encoder_quality';
import { giveLabels, takeLabels } from './labels';
import { PictureReader } from './pictures';
import { testColumn } from './tests';

afterEach(removeDatabases);

const COUNT = 24;
const going = new AbortController().signal;
const quiet = (): void => undefined;

/** Pictures of noise, of which the untrained encoder knows the parity of their row. */
async function filled(): Promise<Database> {
  const db = await freshDatabase();
  const draws = new Draws({ seed: 1, purpose: 'sample' });
  const squares = imagesFrom(0, COUNT).map(() => Uint8Array.from({ length: 48 }, () => draws.integer(256)));
  await putBatch(db, someDataset({ count: COUNT }), imagesFrom(0, COUNT), squares, []);
  const values = Float32Array.from({ length: COUNT * 2 }, (_, at) => Number(at % 2 === (at >> 1) % 2));
  await saveEmbeddings(db, { dataset: 'set', run: 'untrained', step: 0, count: COUNT, dim: 2, values, about: 'key' });
  return db;
}

const lines = Array.from({ length: COUNT }, (_, row) => `folder/${row}.jpg,${'ab'[row % 2]},${row}`);
const file = (text: string): File => new File([text], 'labels.csv');
const request = (of: string[], groups: string | null = null) =>
  ({ dataset: 'set', column: 'kind', groups, of }) as const;

describe('labels', () => {
  it('are taken from a table, and refused whole', async () => {
    const db = await filled();
    const said = await takeLabels(db, 'set', file(`file,kind,size\n${lines.join('\n')}\nother.jpg,a,1\n`));
    expect(said).toBe(
      'labels.csv: 2 columns (kind, size) for 24 pictures, named by its column file. 1 record left out, because no picture here has that name: other.jpg.',
    );
    await expect(takeLabels(db, 'set', file('file,kind\nother.jpg,a\n'))).rejects.toMatchObject({ kind: 'file' });
    expect((await readLabels(db, 'set')).map(({ name, kind }) => [name, kind])).toEqual([
      ['kind', 'class'],
      ['size', 'number'],
    ]);
  });

  it('are given by hand in a column of names, and in no other', async () => {
    const db = await filled();
    await takeLabels(db, 'set', file(`file,size\n${lines.map((line) => line.replace(/,[ab]/, '')).join('\n')}\n`));
    await giveLabels(db, 'set', 'mine', [0, 2], ['good', 'bad']);
    await giveLabels(db, 'set', 'mine', [2], [null]);
    const [mine] = await readLabels(db, 'set');
    expect(mine.values.slice(0, 3)).toEqual(['good', null, null]);
    await giveLabels(db, 'set', 'mine', [0], [null]);
    expect((await readLabels(db, 'set')).map(({ name }) => name)).toEqual(['size']);
    for (const name of ['size', 'folder'])
      await expect(giveLabels(db, 'set', name, [0], ['x'])).rejects.toMatchObject({ kind: 'config' });
  });
});

describe('tests', () => {
  it('store what they find, once for each embedding and its groups, and compare without the pictures', async () => {
    const db = await filled();
    await takeLabels(db, 'set', file(`file,kind,size\n${lines.join('\n')}\n`));
    const reader = new PictureReader(db);
    const tested: string[] = [];
    const say = (message: string): void => void (message.startsWith('Testing') && tested.push(message));
    await testColumn(db, reader, request(['untrained encoder', 'raw pixels', 'no such run']), going, say);
    const found = await readTestResults(db, 'set', 'kind');
    expect(found.map(({ of }) => of)).toEqual(['raw pixels', 'untrained encoder']);
    tested.length = 0;
    await testColumn(db, reader, request(['untrained encoder', 'raw pixels']), going, say);
    expect(tested).toEqual([]);

    const of = ['raw pixels', 'untrained encoder'];
    const ask = { dataset: 'set', of, columns: ['kind', 'size'], groups: null } as const;
    const table = await compareStored(db, { ...ask, columns: [...ask.columns] }, going);
    const place = table.columns.findIndex(({ measure }) => measure === 'kNN');
    expect(table.rows.map(({ cells }) => cells[place]?.best)).toEqual([false, true]);
    expect(table.rows[1].cells[place]?.value).toBe(1);
    // What is set aside is in no test, and what was found with it is none of these pictures.
    await putSetAside(db, 'set', [0, 1], true);
    expect((await compareStored(db, { ...ask, columns: ['kind'] }, going)).columns).toEqual([]);
    await testColumn(db, reader, request(['untrained encoder']), going, say);
    const [without] = (await readTestResults(db, 'set', 'kind')).filter(({ of }) => of === 'untrained encoder');
    expect([...(without.classes?.rows ?? [])].slice(0, 2)).toEqual([2, 3]);
    await putSetAside(db, 'set', [0, 1], false);
    const others = await compareStored(db, { ...ask, columns: ['kind'], groups: 'size' }, going);
    expect(others.columns).toEqual([]);
  });

  it('keep what was found before they were cancelled', async () => {
    const db = await filled();
    await takeLabels(db, 'set', file(`file,kind,size\n${lines.join('\n')}\n`));
    const cancelled = new AbortController();
    const say = (message: string): void => {
      if (message.includes('2 of 2')) cancelled.abort();
    };
    const reader = new PictureReader(db);
    const tested = testColumn(db, reader, request(['raw pixels', 'untrained encoder']), cancelled.signal, say);
    await expect(tested).rejects.toMatchObject({ name: 'AbortError' });
    expect((await readTestResults(db, 'set', 'kind')).map(({ of }) => of)).toEqual(['raw pixels']);
    await testColumn(db, reader, request(['raw pixels', 'untrained encoder']), going, quiet);
    expect(await readTestResults(db, 'set', 'kind')).toHaveLength(2);
  });

  it('begin again when labels change under them', async () => {
    const db = await filled();
    await takeLabels(db, 'set', file(`file,kind\n${lines.map((line) => line.replace(/,\d+$/, '')).join('\n')}\n`));
    const reader = new PictureReader(db);
    const facts = reader.facts.bind(reader);
    let asked = 0;
    reader.facts = async (...wished) => {
      if (asked++ === 0) await giveLabels(db, 'set', 'kind', [0, 1, 2, 3], Array(4).fill('b')); // the labels have been read
      return facts(...wished);
    };
    await testColumn(db, reader, request(['untrained encoder']), going, quiet);
    expect(asked).toBe(2);
    const [{ classes }] = await readTestResults(db, 'set', 'kind');
    expect([...(classes?.truth ?? [])].slice(0, 4)).toEqual([1, 1, 1, 1]);
  });

  it('say what labels do not allow', async () => {
    const db = await filled();
    await giveLabels(db, 'set', 'kind', [0, 1, 2, 3, 4], Array(5).fill('good'));
    await expect(testColumn(db, new PictureReader(db), request(['raw pixels']), going, quiet)).rejects.toMatchObject({
      message: expect.stringContaining('Nothing to tell apart in "kind"'),
    });
  });
});

it('drawings on white are no more alike once others were removed', async () => {
  const db = await freshDatabase();
  const draws = new Draws({ seed: 2, purpose: 'sample' });
  const drawing = () => Uint8Array.from({ length: 16 }, () => (draws.uniform() < 0.5 ? 200 : 255));
  const squares = imagesFrom(0, COUNT).map(() =>
    Uint8Array.from([...drawing()].flatMap((shade) => [shade, shade, shade])),
  );
  await putBatch(db, someDataset({ count: COUNT }), imagesFrom(0, COUNT), squares, []);
  const near = async () => (await new PictureReader(db).facts('set', going, quiet)).near;
  expect(await near()).toEqual([]);
  const removed = Array.from({ length: COUNT / 2 }, (_, i) => 2 * i);
  await removePictures(db, 'set', removed);
  expect((await near()).filter((rows) => rows.every((row) => !removed.includes(row)))).toEqual([]);
});

it('rows are called as runs are elsewhere: one that was cut off makes no numbers of the others', async () => {
  const db = await filled();
  const config = chooseDefaults({ count: COUNT, medianSide: 4, storedSide: 4, imagesPerSecond: 100 });
  await createRun(db, { ...someRun('cut'), config, status: 'paused', step: 3, createdAt: 1 });
  await createRun(db, { ...someRun('whole'), config, status: 'finished', step: 9, createdAt: 2 });
  const ask = { dataset: 'set', of: ['whole'], columns: [], groups: null };
  const { rows } = await compareStored(db, ask, going);
  expect(rows.map(({ name }) => name)).toEqual(['MoCo v2 from InceptionV3']);
});

it('a run that is embedded in a chosen representation is measured in that, and has no numbers of the backbone', async () => {
  const db = await filled();
  const config = chooseDefaults({ count: COUNT, medianSide: 4, storedSide: 4, imagesPerSecond: 100 });
  const representation: Representation = { layer: 'stage 2', pooling: 'gem', reduction: { kind: 'none' } };
  const run = { ...someRun(), config, status: 'finished' as const };
  await createRun(db, run);
  const measures: Measure[] = (['two-view R@1', 'alignment', 'RankMe'] as const).map((name) => ({
    ...{ name, value: 99, protocol: 'Of the pooled backbone.' },
  }));
  const checkpoint = someCheckpoint(3);
  const history = { ...checkpoint.history, evaluations: [{ of: 'run' as const, step: 3, measures }] };
  await saveCheckpoint(db, { ...checkpoint, history });
  const draws = new Draws({ seed: 2, purpose: 'sample' });
  const values = Float32Array.from({ length: COUNT * 3 }, () => draws.normal());
  const table = { dataset: 'set', run: 'run', step: 3, count: COUNT, dim: 3, values, about: 'it' };
  await saveEmbeddings(db, table);
  const ask = { dataset: 'set', of: ['run'], columns: [], groups: null };
  const found = async () => {
    const { columns, rows } = await compareStored(db, ask, going);
    const cells = columns.map(({ measure }, place): [string, number | undefined] => [
      measure,
      rows[0].cells[place]?.value,
    ]);
    return { settings: rows[0].settings, ...Object.fromEntries(cells) };
  };
  expect(await found()).toEqual({ settings: '', 'two-view R@1': 99, alignment: 99, RankMe: 99 });
  await putRun(db, { ...run, representation });
  const own = await evaluateEmbedding({ values, count: COUNT, dim: 3 });
  expect(await found()).toEqual({
    settings: 'mixed1, GeM pooled',
    ...Object.fromEntries(own.map(({ name, value }) => [name, value])),
  });
});

it('encoders are measured once as they are searched, and differ by pairs of the same queries', async () => {
  const db = await filled();
  await takeLabels(db, 'set', file(`file,kind\n${lines.map((line) => line.replace(/,\d+$/, '')).join('\n')}\n`));
  const draws = new Draws({ seed: 3, purpose: 'sample' });
  const noise = Float32Array.from({ length: COUNT * 2 }, () => draws.normal());
  const table = { dataset: 'set', run: 'noise', step: 0, count: COUNT, dim: 2, about: 'noise' };
  await saveEmbeddings(db, { ...table, values: noise });
  await saveEmbeddings(db, { ...table, run: 'half', count: COUNT / 2, values: noise.subarray(0, COUNT) });
  const wanted = (refined: boolean) => ({
    ...{ dataset: 'set', beside: 'noise' },
    view: { refined, grouped: false },
  });
  const found = await evaluateEncoders(db, wanted(false), going);
  expect(found).toMatchObject({ column: 'kind', refined: false, beside: 'noise' });
  expect(Object.keys(found.of).sort()).toEqual(['noise', 'untrained']);
  const { measures, difference } = found.of.untrained;
  expect(measures.find(({ name }) => name === 'mAP@R')?.value).toBe(1);
  const other = found.of.noise.measures.find(({ name }) => name === 'mAP@R')?.value ?? 1;
  expect(difference).toMatchObject({ name: 'mAP@R', value: expect.closeTo(1 - other, 9), queries: COUNT });
  expect(found.of.noise.difference).toBe(null);
  expect(await readTestResults(db, 'set')).toHaveLength(2);
  expect(await evaluateEncoders(db, wanted(false), going)).toEqual(found);
  expect((await evaluateEncoders(db, wanted(true), going)).refined).toBe(true);
  expect(await readTestResults(db, 'set')).toHaveLength(4);
});
