import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../core/records';
import { birds, device, FakeLocks, type FakeTab, fakeTab, run } from '../../page/fakeParts.testing';

const empty = () => ({ datasets: [], runs: [], histories: {} });
const library = (tab: FakeTab) => tab.parts.store.getState().library;
const fish: Dataset = { ...birds, id: 'fish', name: 'Fish', createdAt: 5, count: 0, complete: false };
const file = (path: string) => ({ path, file: new File(['x'], path) });
const told = () => new Promise((resolve) => setTimeout(resolve));
const progress = { dataset: 'fish', found: 9, walked: false, taken: 4, duplicates: 0, refused: 0, rate: 3 };

async function opened(datasets: Dataset[] = [], memory?: FakeTab['parts']['memory']): Promise<FakeTab> {
  const tab = fakeTab({ ...empty(), datasets }, new FakeLocks(), memory);
  await tab.actions.openLibrary();
  await tab.trainer.answer('prepare', device);
  return tab;
}

describe('an import', () => {
  it('takes the page, grows with its progress, and ends with settings and a baseline', async () => {
    const tab = await opened();
    const done = tab.actions.importFiles([file('a.jpg'), file('b.jpg')], { name: 'Fish' });
    await new Promise(setImmediate);
    expect(tab.importer.sent.map(({ type }) => type)).toEqual(['open', 'files', 'end']);
    tab.importer.say({ type: 'dataset', dataset: fish, ended: false });
    tab.importer.say({ type: 'progress', progress });
    expect(library(tab)).toMatchObject({ current: 'fish', importing: { taken: 4 } });
    expect(library(tab).datasets[0].count).toBe(4);
    tab.importer.say({ type: 'dataset', dataset: { ...fish, count: 40, complete: true }, ended: true });
    await done;
    tab.importer.say({ type: 'progress', progress });
    expect(library(tab).importing).toBe(null);
    expect(library(tab).datasets[0].count).toBe(40);
    expect(tab.parts.store.getState().settings.config?.batch).toBe(8);
    expect(tab.trainer.sent.at(-1)).toMatchObject({ type: 'baseline', dataset: 'fish' });
  });

  it('goes on with the data set of the same name that was cut off', async () => {
    const tab = await opened([{ ...fish, count: 7 }]);
    void tab.actions.importFiles([file('a.jpg')], { name: 'Fish' });
    await new Promise(setImmediate);
    expect(tab.importer.sent[0]).toMatchObject({ type: 'open', name: 'Fish', into: 'fish' });
  });

  it('of nothing leaves nothing behind, and says why', async () => {
    const tab = await opened([birds]);
    const done = tab.actions.importFiles([file('notes.txt'), file('b.pdf')], { name: 'Fish' });
    await new Promise(setImmediate);
    tab.importer.say({ type: 'dataset', dataset: fish, ended: false });
    const refusal = { dataset: 'fish', fileBytes: 1, reason: 'No picture.' };
    const refusals = ['notes.txt', 'b.pdf', 'c', 'd', 'e'].map((path) => ({ ...refusal, path }));
    tab.importer.say({ type: 'refused', refusals });
    tab.importer.say({ type: 'dataset', dataset: { ...fish, complete: true }, ended: true });
    await done;
    expect(library(tab).current).toBe('birds');
    expect(tab.importer.sent.at(-1)).toEqual({ type: 'delete', dataset: 'fish' });
    tab.importer.say({ type: 'deleted', dataset: 'fish' });
    expect(library(tab)).toMatchObject({ current: 'birds', datasets: [birds] });
    expect(tab.parts.store.getState().faults.map(({ message }) => message)).toEqual([
      '“Fish” holds no picture that can be taken in. notes.txt: No picture. b.pdf: No picture. c: No picture. And 2 more.',
    ]);
  });

  it('that is cancelled before its first picture is as if it had not been begun', async () => {
    const tab = await opened();
    const done = tab.actions.importFiles([file('a.jpg')], { name: 'Fish' });
    await new Promise(setImmediate);
    tab.importer.say({ type: 'dataset', dataset: fish, ended: false });
    tab.actions.cancelImport();
    tab.importer.say({ type: 'dataset', dataset: fish, ended: true });
    await done;
    tab.importer.say({ type: 'deleted', dataset: 'fish' });
    expect(library(tab)).toMatchObject({ current: null, datasets: [] });
    expect(tab.parts.store.getState().faults).toEqual([]);
  });

  it('whose files cannot be had to the end is ended by the importer, and leaves no empty data set', async () => {
    const tab = await opened();
    const offline = async () => {
      throw new TypeError('Failed to fetch');
    };
    const before = globalThis.fetch;
    globalThis.fetch = offline;
    const done = tab.actions.importSample().finally(() => {
      globalThis.fetch = before;
    });
    await new Promise(setImmediate);
    tab.importer.say({ type: 'dataset', dataset: fish, ended: false });
    await new Promise(setImmediate);
    expect(tab.importer.sent.map(({ type }) => type)).toEqual(['open', 'cancel']);
    tab.importer.say({ type: 'dataset', dataset: fish, ended: true });
    await done;
    expect(tab.importer.sent.at(-1)).toEqual({ type: 'delete', dataset: 'fish' });
    expect(tab.parts.store.getState().faults).toHaveLength(1);
  });

  it('of nothing shows again what was known of the data set before it', async () => {
    const tab = await opened([birds]);
    const asked = () => tab.trainer.sent.filter(({ type }) => type === 'baseline').length;
    expect(asked()).toBe(1);
    const done = tab.actions.importFiles([file('a.heic')], { name: 'Fish' });
    await new Promise(setImmediate);
    tab.importer.say({ type: 'dataset', dataset: fish, ended: false });
    tab.importer.say({ type: 'dataset', dataset: { ...fish, complete: true }, ended: true });
    await done;
    await new Promise(setImmediate);
    expect(asked()).toBe(2);
    expect(tab.trainer.sent.at(-1)).toMatchObject({ type: 'baseline', dataset: 'birds' });
  });

  it('is not begun beside another', async () => {
    const tab = await opened();
    void tab.actions.importFiles([file('a.jpg')]);
    await tab.actions.importFiles([file('b.jpg')]);
    await new Promise(setImmediate);
    expect(tab.importer.sent.filter(({ type }) => type === 'open').length).toBe(1);
    expect(tab.parts.store.getState().faults[0].kind).toBe('busy');
  });

  it('ends for whoever waits when it cannot be opened', async () => {
    const tab = await opened();
    const done = tab.actions.importFiles([file('a.jpg')]);
    await new Promise(setImmediate);
    tab.importer.say({ type: 'fault', fault: { kind: 'storage', message: 'No space.', advice: '' } });
    await done;
    expect(tab.parts.store.getState().faults[0].message).toBe('No space.');
  });

  it('ends for whoever waits when its thread dies', async () => {
    const tab = await opened();
    const done = tab.actions.importFiles([file('a.jpg')]);
    await new Promise(setImmediate);
    tab.crash('importer', 'out of memory');
    await done;
    expect(library(tab).importing).toBe(null);
    expect(tab.parts.store.getState().faults[0].message).toContain('out of memory');
  });
});

describe('the library', () => {
  it('shows the data set of the last visit', async () => {
    const first = await opened([birds, { ...fish, count: 9, complete: true }]);
    expect(library(first).current).toBe('fish');
    await first.actions.selectDataset('birds');
    const again = await opened([birds, { ...fish, count: 9, complete: true }], first.parts.memory);
    expect(library(again).current).toBe('birds');
  });

  it('says when the browser has removed the pictures, and not when the user has', async () => {
    const first = await opened();
    expect(library(first).evicted).toBe(false);
    first.importer.say({ type: 'dataset', dataset: birds, ended: true });
    expect(library(await opened([], first.parts.memory)).evicted).toBe(true);
    const deleted = first.actions.deleteDataset('birds');
    first.importer.say({ type: 'deleted', dataset: 'birds' });
    await deleted;
    expect(library(await opened([], first.parts.memory)).evicted).toBe(false);
  });

  it('asks the untrained encoder once for the same pictures', async () => {
    const tab = await opened([birds]);
    await tab.trainer.answer('prepare', device);
    expect(tab.trainer.sent.filter(({ type }) => type === 'baseline').length).toBe(1);
  });

  it('tells what the database refuses', async () => {
    const tab = fakeTab(empty(), new FakeLocks());
    tab.parts.reads.datasets = () => Promise.reject(new Error('newer version'));
    await tab.actions.openLibrary();
    expect(library(tab).ready).toBe(true);
    expect(tab.parts.store.getState().faults[0].message).toBe('newer version');
  });
});

describe('a search', () => {
  const neighbours = {
    row: 3,
    about: '',
    run: 'first',
    step: 1,
    neighbours: [],
    fresh: { refined: 0, grouped: 0 },
    among: 400,
    milliseconds: 1,
  };

  it('asks the encoder chosen, then the first one, the run and the untrained one, where there are no embeddings of this picture yet', async () => {
    const tab = await opened([birds]);
    tab.trainer.say({ type: 'run', run: run() });
    tab.actions.select(3);
    tab.actions.searchWith('second');
    expect(tab.importer.sent.at(-1)).toEqual({ type: 'search-with', dataset: 'birds', encoder: 'second' });
    for (const encoder of ['second', 'pretrained inception-v3', 'first']) {
      expect(tab.searcher.sent.at(-1)).toMatchObject({ run: encoder, row: 3 });
      await tab.searcher.answer('nearest', null);
    }
    expect(tab.searcher.sent.at(-1)).toMatchObject({ run: 'untrained' });
    await tab.searcher.answer('nearest', neighbours);
    expect(tab.parts.store.getState().similar).toMatchObject({ searching: false, result: neighbours });
  });

  it('waits for the newest question only, and asks again when there are new embeddings', async () => {
    const tab = await opened([birds]);
    tab.actions.select(3);
    tab.actions.select(5);
    await told();
    expect(tab.parts.store.getState().similar).toMatchObject({ row: 5, result: null, searching: true });
    tab.trainer.say({ type: 'embedded', dataset: 'birds', run: 'untrained', step: 0 });
    expect(tab.searcher.sent).toHaveLength(4); // the pictures' names first
    tab.actions.select(null);
    await told();
    expect(tab.parts.store.getState().similar.result).toBe(null);
  });

  it('whose thread dies is asked of another one, once', async () => {
    const tab = await opened([birds]);
    await tab.searcher.answer('names', []);
    tab.actions.select(3);
    tab.crash('searcher', 'out of memory');
    expect(tab.searcher.sent).toHaveLength(3);
    tab.crash('searcher', 'out of memory');
    await told();
    expect(tab.searcher.sent).toHaveLength(3);
    expect(tab.parts.store.getState()).toMatchObject({
      similar: { searching: false, failed: true },
      faults: [{ kind: 'data' }],
    });
  });

  it('switches how it searches at once, and keeps that with the data set', async () => {
    const tab = await opened([birds]);
    tab.actions.select(3);
    expect(tab.searcher.sent.at(-1)).toMatchObject({ view: { refined: true, grouped: false } });
    tab.actions.searchBy({ grouped: true });
    tab.actions.searchBy({ refined: false });
    const view = { refined: false, grouped: true };
    expect(tab.searcher.sent.at(-1)).toMatchObject({ row: 3, view });
    expect(tab.importer.sent.at(-1)).toEqual({ type: 'search-view', dataset: 'birds', view });
    void tab.actions.neighboursIn('first', 1, 5);
    expect(tab.searcher.sent.at(-1)).toMatchObject({ row: 1, view });
  });

  it('keeps at most six pins, the newest, and stores them', async () => {
    const tab = await opened([birds]);
    for (let row = 0; row < 8; row++) tab.actions.pinProbe(row);
    tab.actions.pinProbe(4);
    expect(tab.importer.sent.at(-1)).toEqual({ type: 'pin', dataset: 'birds', rows: [2, 3, 5, 6, 7] });
    expect(tab.trainer.sent.at(-1)).toEqual({ type: 'pin', rows: [2, 3, 5, 6, 7] });
  });
});
