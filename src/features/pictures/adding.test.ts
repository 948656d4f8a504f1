import { expect, it } from 'vitest';
import { birds, device, FakeLocks, type FakeTab, fakeTab } from '../../page/fakeParts.testing';

const file = (path: string) => ({ path, file: new File(['x'], path) });

async function opened(): Promise<FakeTab> {
  const tab = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks());
  await tab.actions.openLibrary();
  await tab.trainer.answer('prepare', device);
  return tab;
}

it('an import into a data set says what was added, and takes a table of labels along', async () => {
  const tab = await opened();
  const done = tab.actions.importFiles([file('a.jpg')], { into: 'birds' });
  await new Promise(setImmediate);
  expect(tab.importer.sent[0]).toMatchObject({ type: 'import', into: 'birds' });
  tab.importer.progress('import', { opened: { ...birds, complete: false } });
  const table = new File(['file,kind'], 'kinds.csv');
  await tab.importer.answer('import', { dataset: { ...birds, count: 401, refused: 2 }, labels: table });
  await done;
  expect(tab.evaluator.sent.at(-1)).toEqual({ type: 'take-labels', dataset: 'birds', file: table });
  expect(tab.parts.store.getState().note).toBe('1 picture added to “Birds”. 2 files skipped.');
  await tab.evaluator.answer('take-labels', { columns: [], message: 'kinds.csv: 1 column' });
  expect(tab.parts.store.getState().note).toBe('kinds.csv: 1 column');
});
