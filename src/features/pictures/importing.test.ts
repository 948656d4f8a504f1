import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../core/records';
import { birds, device, FakeLocks, type FakeTab, fakeTab } from '../../page/fakeParts.testing';

const empty = () => ({ datasets: [], runs: [], histories: {} });
const library = (tab: FakeTab) => tab.parts.store.getState().library;
const fish: Dataset = { ...birds, id: 'fish', name: 'Fish', createdAt: 5, count: 0, complete: false };
const file = (path: string) => ({ path, file: new File(['x'], path) });
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
    expect(tab.importer.sent.map(({ type }) => type)).toEqual(['import', 'files', 'end']);
    tab.importer.progress('import', { opened: fish });
    tab.importer.progress('import', { progress });
    expect(library(tab)).toMatchObject({ current: 'fish', importing: { taken: 4 } });
    expect(library(tab).datasets[0].count).toBe(4);
    await tab.importer.answer('import', { dataset: { ...fish, count: 40, complete: true }, labels: null });
    await done;
    tab.importer.progress('import', { progress });
    expect(library(tab).importing).toBe(null);
    expect(library(tab).datasets[0].count).toBe(40);
    expect(tab.parts.store.getState().settings.config?.batch).toBe(8);
    expect(tab.trainer.sent.at(-1)).toMatchObject({ type: 'baseline', dataset: 'fish' });
  });

  it('has its first pictures embedded while others come in, once, if the user wants any embedded', async () => {
    const embeds = async (wanted: boolean) => {
      const tab = await opened();
      tab.actions.embedAtOnce(wanted);
      void tab.actions.importFiles([file('a.jpg')], { name: 'Fish' });
      await new Promise(setImmediate);
      tab.importer.progress('import', { opened: fish });
      for (const taken of [500, 530, 600]) tab.importer.progress('import', { progress: { ...progress, taken } });
      return tab.trainer.sent.filter(({ type }) => type === 'embed');
    };
    expect(await embeds(true)).toMatchObject([{ dataset: 'fish', name: 'inception-v3', first: 512 }]);
    expect(await embeds(false)).toEqual([]);
  });

  it('goes on with the data set of the same name that was cut off', async () => {
    const tab = await opened([{ ...fish, count: 7 }]);
    void tab.actions.importFiles([file('a.jpg')], { name: 'Fish' });
    await new Promise(setImmediate);
    expect(tab.importer.sent[0]).toMatchObject({ type: 'import', name: 'Fish', into: 'fish' });
  });

  it('of nothing leaves nothing behind, and says why', async () => {
    const tab = await opened([birds]);
    const done = tab.actions.importFiles([file('notes.txt'), file('b.pdf')], { name: 'Fish' });
    await new Promise(setImmediate);
    tab.importer.progress('import', { opened: fish });
    const refusal = { dataset: 'fish', fileBytes: 1, reason: 'No picture.' };
    const refusals = ['notes.txt', 'b.pdf', 'c', 'd', 'e'].map((path) => ({ ...refusal, path }));
    tab.importer.progress('import', { refused: refusals });
    await tab.importer.answer('import', { dataset: { ...fish, complete: true }, labels: null });
    await done;
    await new Promise(setImmediate);
    expect(library(tab).current).toBe('birds');
    expect(tab.importer.sent.at(-1)).toEqual({ type: 'delete', dataset: 'fish' });
    await tab.importer.answer('delete', undefined);
    expect(library(tab)).toMatchObject({ current: 'birds', datasets: [birds] });
    expect(tab.parts.store.getState().faults.map(({ message }) => message)).toEqual([
      'No pictures found in “Fish”. notes.txt: No picture. b.pdf: No picture. c: No picture. And 2 more.',
    ]);
    void tab.actions.importFiles([file('a.jpg')], { name: 'Birds' });
    expect(tab.parts.store.getState().faults).toEqual([]);
  });

  it('that is cancelled before its first picture is as if it had not been begun', async () => {
    const tab = await opened();
    const done = tab.actions.importFiles([file('a.jpg')], { name: 'Fish' });
    await new Promise(setImmediate);
    tab.importer.progress('import', { opened: fish });
    tab.actions.cancelImport();
    await tab.importer.answer('import', { dataset: fish, labels: null });
    await done;
    await new Promise(setImmediate);
    await tab.importer.answer('delete', undefined);
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
    tab.importer.progress('import', { opened: fish });
    await new Promise(setImmediate);
    expect(tab.importer.sent.map(({ type }) => type)).toEqual(['import', 'cancel']);
    await tab.importer.answer('import', { dataset: fish, labels: null });
    await done;
    await new Promise(setImmediate);
    expect(tab.importer.sent.at(-1)).toEqual({ type: 'delete', dataset: 'fish' });
    expect(tab.parts.store.getState().faults).toHaveLength(1);
  });

  it('of nothing shows again what was known of the data set before it', async () => {
    const tab = await opened([birds]);
    const asked = () => tab.trainer.sent.filter(({ type }) => type === 'baseline').length;
    expect(asked()).toBe(1);
    const done = tab.actions.importFiles([file('a.heic')], { name: 'Fish' });
    await new Promise(setImmediate);
    tab.importer.progress('import', { opened: fish });
    await tab.importer.answer('import', { dataset: { ...fish, complete: true }, labels: null });
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
    expect(tab.importer.sent.filter(({ type }) => type === 'import').length).toBe(1);
    expect(tab.parts.store.getState().faults[0].kind).toBe('busy');
  });

  it('ends for whoever waits when it cannot be opened', async () => {
    const tab = await opened();
    const done = tab.actions.importFiles([file('a.jpg')]);
    await new Promise(setImmediate);
    await tab.importer.fail('import', { kind: 'storage', message: 'No space.', advice: '' });
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
