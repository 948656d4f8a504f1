import { afterEach, describe, expect, it } from 'vitest';
import type { Dataset, Run } from '../core/records';
import { loadCheckpoint, readHistory, saveCheckpoint } from './checkpoints';
import { listDatasets, readDataset } from './datasets';
import { loadBaselines } from './embeddings';
import {
  freshDatabase,
  imagesFrom,
  removeDatabases,
  someCheckpoint,
  someDataset,
  someRun,
  squaresFrom,
} from './fixtures.testing';
import { putBatch, readImages, readPaths, readRefusals } from './images';
import { readLabels } from './labels';
import { listRuns, readRun } from './runs';
import { createRun } from './storage';
import { listWeightsFiles } from './weights';

afterEach(removeDatabases);

/** A value without its type: as a browser may hand it out. */
const damaged = <T>(value: unknown): T => value as T;

describe('a damaged record', () => {
  it('of a data set costs what is damaged of it, and is named where that is all', async () => {
    const db = await freshDatabase();
    await putBatch(db, someDataset({ count: 3 }), imagesFrom(0, 3), squaresFrom(0, 3), []);
    const { labels: _, ...without } = someDataset({ count: 3, pins: [1] });
    await db.put(
      'datasets',
      damaged<Dataset>({ ...without, pins: [-1, 1, 2.5, 3, 'x'], searchView: 7, refused: null }),
    );
    await db.put('datasets', damaged<Dataset>({ id: 'bad', name: 'Bad', count: 'many' }));
    await db.put('datasets', damaged<Dataset>({ id: 'worse' }));
    const named: string[] = [];
    const sound = { ...without, labels: { folder: 3 } };
    expect(await listDatasets(db, (what) => named.push(what))).toEqual([sound]);
    expect(named.sort()).toEqual(['The collection Bad', 'The collection worse']);
    expect(await readDataset(db, 'set')).toEqual(sound);
    expect(await readDataset(db, 'bad')).toBe(undefined);
    // Counts that an older version made of folders called like what objects inherit.
    await db.put('datasets', damaged<Dataset>({ ...sound, labels: { constructor: 'function Object()1' } }));
    expect((await readDataset(db, 'set'))?.labels).toEqual({ folder: 3 });
  });

  it('of a run is named, and the others are listed', async () => {
    const db = await freshDatabase();
    await createRun(db, someRun('good'));
    await createRun(db, damaged<Run>({ ...someRun('bad'), config: undefined, name: 'Ours' }));
    await createRun(db, damaged<Run>({ ...someRun('worse'), step: 'x' }));
    const named: string[] = [];
    expect((await listRuns(db, 'set', (what) => named.push(what))).map(({ id }) => id)).toEqual(['good']);
    expect(named.sort()).toEqual(['The run Ours', 'The run worse']);
    expect(await readRun(db, 'bad')).toBe(undefined);
  });

  it('of a history costs no checkpoint: what is left of it counts as many steps', async () => {
    const db = await freshDatabase();
    await createRun(db, someRun());
    await saveCheckpoint(db, someCheckpoint(3));
    await saveCheckpoint(db, someCheckpoint(5));
    const flip = async (step: number): Promise<void> => {
      const head = (await db.getAll('checkpoints')).find((one) => one.step === step);
      const stored = await db.get('histories', ['run', head?.slot ?? 0]);
      if (!stored) throw new Error('There is no history.');
      new Uint8Array(stored.bytes)[2] ^= 1;
      await db.put('histories', stored);
    };
    await flip(5);
    const half = await loadCheckpoint(db, 'run');
    const { variables, history } = someCheckpoint(5);
    expect(half).toMatchObject({ step: 5, variables });
    const { loss } = someCheckpoint(3).history.steps;
    expect(half?.history.steps.loss).toEqual(Float32Array.of(...loss, Number.NaN, Number.NaN));
    expect(half?.history.probes).toEqual(someCheckpoint(3).history.probes);
    expect((await readHistory(db, 'run'))?.steps.loss).toEqual(loss);
    await flip(3);
    const none = await loadCheckpoint(db, 'run');
    expect(none).toMatchObject({ step: 5, variables, history: { evaluations: [], probes: [] } });
    expect(none?.history.steps.loss).toEqual(new Float32Array(history.steps.loss.length).fill(Number.NaN));
  });

  it('of plain numbers in a history or a baseline is left out alone', async () => {
    const db = await freshDatabase();
    await createRun(db, someRun());
    await saveCheckpoint(db, someCheckpoint(2));
    const [stored] = await db.getAll('histories');
    const [good] = stored.evaluations;
    await db.put('histories', damaged({ ...stored, evaluations: [good, { of: 'run', step: 2 }], probes: 'x' }));
    expect((await loadCheckpoint(db, 'run'))?.history).toMatchObject({ evaluations: [good], probes: [] });
    await db.put('baselines', damaged({ dataset: 'set', key: 'key', evaluations: [null, good] }));
    expect(await loadBaselines(db, 'set', 'key')).toEqual([good]);
  });

  it('of pictures keeps their places', async () => {
    const db = await freshDatabase();
    await putBatch(db, someDataset({ count: 4 }), imagesFrom(0, 4), squaresFrom(0, 4), []);
    const shard = await db.get('rows', ['set', 0]);
    if (!shard) throw new Error('There are no rows.');
    const [first, second, third, fourth] = shard.rows;
    await db.put('rows', damaged({ ...shard, rows: [first, { ...second, path: 1 }, null, { ...fourth, row: 9 }] }));
    expect((await readPaths(db, 'set')).map(({ path }) => path)).toEqual([
      first.path,
      ...[2, 3, 4].map((number) => `picture ${number}, whose record is damaged`),
    ]);
    expect(third.row).toBe(2);
    await db.put('rows', damaged({ ...shard, rows: undefined }));
    expect((await readImages(db, 'set', 0, 10)).map(({ row }) => row)).toEqual([0, 1, 2, 3]);
  });

  it('of labels, weights and refusals is left out', async () => {
    const db = await freshDatabase();
    await db.put('labels', damaged({ dataset: 'set', name: 'kind' }));
    await db.put('weights', damaged({ sha256: 'x', name: 'ours', bytes: new ArrayBuffer(1), check: 0 }));
    await db.put('refusals', damaged({ dataset: 'set', path: 'a', fileBytes: 1 }));
    const named: string[] = [];
    const aside = (what: string): unknown => named.push(what);
    expect([
      await readLabels(db, 'set', aside),
      await listWeightsFiles(db, aside),
      await readRefusals(db, 'set'),
    ]).toEqual([[], [], []]);
    expect(named).toEqual(['The label column kind', 'The file of weights ours']);
  });
});
