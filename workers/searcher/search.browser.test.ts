import { describe, expect, it } from 'vitest';
import { likeRow } from '../../src/core/query';
import { Draws } from '../../src/core/random';
import { SEARCH_VIEW } from '../../src/core/search_view';
import type { Database } from '../../src/database/connection';
import { embeddingsState, embeddingsVersion, loadEmbeddings, saveEmbeddings } from '../../src/database/embeddings';
import {
  freshDatabase,
  imagesFrom,
  removeDatabases,
  someDataset,
  squaresFrom,
} from '../../src/database/fixtures.testing';
import { putBatch } from '../../src/database/images';
import { loadMap, saveMap } from '../../src/database/maps';
import { deleteEncoder } from '../../src/database/storage';
import { refined } from '../../src/evaluate/refine/refinement';
import { pickRows } from '../../src/evaluate/rows';
import { readRefined } from '../refined_embeddings';
import { readRows } from '../stored_rows';
import { keepRefined } from './keep_refined';
import { EmbeddingSearch } from './search';

const searchIn = (db: Database): EmbeddingSearch =>
  new EmbeddingSearch({
    state: (dataset, run) => embeddingsState(db, dataset, run),
    load: (dataset, run) => loadEmbeddings(db, dataset, run),
    refined: (dataset, run) => readRefined(db, dataset, run),
    setAside: async () => [],
    map: (of) => loadMap(db, of),
    keepMap: (of, map) => saveMap(db, of, map),
  });

it('embeddings are refined, and some rows read, part by part as they are whole', async () => {
  const db = await freshDatabase('d');
  const [count, dim] = [9000, 20];
  const draws = new Draws({ seed: 4, purpose: 'sample' });
  const values = Float32Array.from({ length: count * dim }, () => Math.abs(draws.normal()));
  await saveEmbeddings(db, { dataset: 'd', run: 'r', step: 0, count, dim, about: '', values });
  expect((await readRefined(db, 'd', 'r'))?.refined).toEqual(refined(values, count, dim));
  expect(await readRefined(db, 'd', 'other')).toBe(null);
  const picked = [0, 7, 2047, 2048, count - 1];
  const some = await readRows(db, 'd', 'r', (all) => (all === count ? picked : []));
  expect(some).toEqual(pickRows({ values, count, dim }, picked));
  expect(await readRows(db, 'd', 'other', () => picked)).toBe(null);
  await removeDatabases();
});

it('refined embeddings are kept once all pictures are embedded, until others are stored; damaged ones are computed', async () => {
  const db = await freshDatabase('d');
  const values = Float32Array.from({ length: 10 }, (_, at) => (at * 7) % 10);
  const table = { dataset: 'd', run: 'r', step: 0, count: 5, dim: 2, about: '', values };
  await saveEmbeddings(db, table);
  await keepRefined(db, 'd', 'r');
  expect(await db.count('maps')).toBe(0);
  await putBatch(db, someDataset({ id: 'd', count: 5 }), imagesFrom(0, 5, 'd'), squaresFrom(0, 5), []);
  const found = await keepRefined(db, 'd', 'r');
  const [record] = await db.getAll('maps');
  const parts = await db.getAll('embeddingParts');
  // Nothing else is read any more, until it is damaged.
  await db.clear('embeddingParts');
  expect((await keepRefined(db, 'd', 'r'))?.refined).toEqual(found?.refined);
  await db.put('maps', { ...record, check: 0 });
  await expect(readRefined(db, 'd', 'r')).rejects.toMatchObject({ kind: 'data' });
  for (const part of parts) await db.put('embeddingParts', part);
  expect((await readRefined(db, 'd', 'r'))?.refined).toEqual(found?.refined);
  await db.put('maps', record);
  await saveEmbeddings(db, { ...table, step: 1, values: values.toReversed() });
  expect((await readRefined(db, 'd', 'r'))?.refined).not.toEqual(found?.refined);
  await removeDatabases();
});

describe('the version of stored embeddings', () => {
  it('changes with their step and with their values, and answers follow', async () => {
    const db = await freshDatabase('d');
    const search = searchIn(db);
    const save = (run: string, step: number, ...values: number[]) =>
      saveEmbeddings(db, { dataset: 'd', run, step, count: 3, dim: 2, about: run, values: Float32Array.from(values) });
    const first = async (encoder: string) =>
      (await search.nearest({ dataset: 'd', encoder, query: likeRow(0), count: 1, view: SEARCH_VIEW }))?.neighbours[0]
        .row ?? null;

    expect(await embeddingsVersion(db, 'd', 'untrained')).toBe(null);
    expect(await first('untrained')).toBe(null);
    await save('untrained', 0, 1, 0, 1, 1, 0, 1);
    const untrained = await embeddingsVersion(db, 'd', 'untrained');
    expect(await first('untrained')).toBe(1);
    await save('untrained', 0, 1, 0, 0, 1, 1, 1);
    expect(await embeddingsVersion(db, 'd', 'untrained')).not.toBe(untrained);
    expect(await first('untrained')).toBe(2);

    await save('r', 5, 1, 0, 1, 1, 0, 1);
    await save('r', 9, 1, 0, 0, 1, 1, 1);
    await save('r', 5, 1, 0, 1, 1, 0, 1); // of an earlier step: gives way
    expect(await embeddingsVersion(db, 'd', 'r')).toMatch(/^step 9,/);
    expect(await first('r')).toBe(2);
    await removeDatabases();
  });
});

describe('the map', () => {
  it('is stored, lies as it lay when embeddings or pictures are added, and goes with its encoder', async () => {
    const db = await freshDatabase('d');
    const fresh = () => searchIn(db);
    const draws = new Draws({ seed: 2, purpose: 'sample' });
    const values = Float32Array.from({ length: 36 * 8 }, (_, at) => {
      const [row, column] = [Math.floor(at / 8), at % 8];
      return Number(column === row % 3) + 0.1 * draws.normal();
    });
    const save = (step: number, count: number) =>
      saveEmbeddings(db, {
        dataset: 'd',
        run: 'r',
        step,
        count,
        dim: 8,
        about: '',
        values: values.slice(0, 8 * count),
      });
    const ask = async () => {
      const map = await fresh().map({ dataset: 'd', encoder: 'r', view: SEARCH_VIEW }, async () => undefined);
      return map as Float32Array;
    };
    await save(1, 30);
    const first = await ask();
    expect(await ask()).toEqual(first);
    await save(2, 36);
    const second = await ask();
    expect(second.length).toBe(72);
    // Each group stays where it was, nearer to its own place than to any other's.
    const middle = (map: Float32Array, group: number): [number, number] => {
      const rows = Array.from({ length: 10 }, (_, i) => 3 * i + group);
      const along = (axis: number): number => rows.reduce((sum, row) => sum + map[2 * row + axis] / rows.length, 0);
      return [along(0), along(1)];
    };
    const apart = (a: [number, number], b: [number, number]): number => Math.hypot(a[0] - b[0], a[1] - b[1]);
    for (const group of [0, 1, 2]) {
      const distances = [0, 1, 2].map((other) => apart(middle(second, group), middle(first, other)));
      expect(distances.indexOf(Math.min(...distances))).toBe(group);
    }
    await deleteEncoder(db, 'd', 'r');
    expect(await db.count('maps')).toBe(0);
    await saveMap(db, { dataset: 'd', run: 'r', view: 'plain', version: '' }, first);
    expect(await db.count('maps')).toBe(0);
    await removeDatabases();
  });
});
