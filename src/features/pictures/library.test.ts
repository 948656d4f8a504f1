import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../core/records';
import { SEARCH_VIEW } from '../../core/search_view';
import { birds, device, FakeLocks, type FakeTab, fakeTab, run } from '../../page/fakeParts.testing';

const empty = () => ({ datasets: [], runs: [], histories: {} });
const library = (tab: FakeTab) => tab.parts.store.getState().library;
const fish: Dataset = { ...birds, id: 'fish', name: 'Fish', createdAt: 5, count: 0, complete: false };
const file = (path: string) => ({ path, file: new File(['x'], path) });
const told = () => new Promise((resolve) => setTimeout(resolve));

async function opened(datasets: Dataset[] = [], memory?: FakeTab['parts']['memory']): Promise<FakeTab> {
  const tab = fakeTab({ ...empty(), datasets }, new FakeLocks(), memory);
  await tab.actions.openLibrary();
  await tab.trainer.answer('prepare', device);
  return tab;
}

describe('the library', () => {
  it('shows the data set of the last visit', async () => {
    const first = await opened([birds, { ...fish, count: 9, complete: true }]);
    expect(library(first).current).toBe('fish');
    await first.actions.selectDataset('birds');
    const again = await opened([birds, { ...fish, count: 9, complete: true }], first.parts.memory);
    expect(library(again).current).toBe('birds');
  });

  it('stores at the next visit what was changed just before a tab closed, once', async () => {
    const first = await opened([birds]);
    first.actions.renameDataset('birds', 'Gulls');
    first.actions.pinProbe(2);
    await first.importer.answer('change', undefined);
    const second = await opened([birds], first.parts.memory);
    expect(library(second).datasets[0]).toMatchObject({ name: 'Gulls', pins: [2] });
    expect(second.importer.sent).toEqual([{ type: 'change', dataset: 'birds', values: { name: 'Gulls', pins: [2] } }]);
    await second.importer.answer('change', undefined);
    const third = await opened([birds], second.parts.memory);
    expect(third.importer.sent).toEqual([]);
  });

  it('says when the browser has removed the pictures, and not when the user has', async () => {
    const first = await opened();
    expect(library(first).evicted).toBe(false);
    const done = first.actions.importFiles([file('a.jpg')]);
    await told();
    await first.importer.answer('import', { dataset: birds, labels: null });
    await done;
    expect(library(await opened([], first.parts.memory)).evicted).toBe(true);
    const deleted = first.actions.deleteDataset('birds');
    await told();
    await first.importer.answer('delete', undefined);
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
    encoder: 'first',
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
    expect(tab.importer.sent.at(-1)).toEqual({ type: 'change', dataset: 'birds', values: { searchWith: 'second' } });
    for (const encoder of ['second', 'pretrained inception-v3', 'first']) {
      expect(tab.searcher.sent.at(-1)).toMatchObject({ encoder, query: [{ rows: [3] }] });
      await tab.searcher.answer('nearest', null);
    }
    expect(tab.searcher.sent.at(-1)).toMatchObject({ encoder: 'untrained' });
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

  it('finds its embeddings prepared, once they are of all pictures', async () => {
    const stored = { ...empty(), datasets: [birds], embedded: [{ encoder: 'untrained', step: 0 }] };
    const prepares = async (count: number): Promise<unknown[]> => {
      const tab = fakeTab({ ...stored, datasets: [{ ...birds, count }] }, new FakeLocks());
      await tab.actions.openLibrary();
      await told();
      return tab.searcher.sent.filter(({ type }) => type === 'prepare');
    };
    expect(await prepares(400)).toEqual([
      { type: 'prepare', dataset: 'birds', encoder: 'untrained', view: SEARCH_VIEW },
    ]);
    expect(await prepares(401)).toEqual([]);
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
    expect(tab.searcher.sent.at(-1)).toMatchObject({ query: [{ rows: [3] }], view });
    expect(tab.importer.sent.at(-1)).toEqual({ type: 'change', dataset: 'birds', values: { searchView: view } });
    void tab.actions.neighboursIn('first', 1, 5);
    expect(tab.searcher.sent.at(-1)).toMatchObject({ query: [{ rows: [1] }], view });
  });

  it('keeps at most six pins, the newest, and stores them', async () => {
    const tab = await opened([birds]);
    for (let row = 0; row < 8; row++) tab.actions.pinProbe(row);
    tab.actions.pinProbe(4);
    expect(tab.importer.sent.at(-1)).toEqual({ type: 'change', dataset: 'birds', values: { pins: [2, 3, 5, 6, 7] } });
    expect(tab.trainer.sent.at(-1)).toEqual({ type: 'pin', rows: [2, 3, 5, 6, 7] });
  });
});
