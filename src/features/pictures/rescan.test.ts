import { expect, test } from 'vitest';
import { birds, FakeLocks, fakeTab } from '../../page/fakeParts.testing';

/** A handle of a folder whose permission is asked for. */
const folder = (answer: PermissionState) =>
  ({
    kind: 'directory',
    name: 'birds',
    queryPermission: async () => 'prompt',
    requestPermission: async () => answer,
  }) as unknown as FileSystemDirectoryHandle;

async function tabWith(answer: PermissionState) {
  const tab = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks());
  const handle = folder(answer);
  tab.parts.reads.folders = async (id) => (id === 'birds' ? [{ handle, prefix: 'a/' }] : []);
  await tab.actions.openLibrary();
  return { ...tab, handle };
}

test('a kept folder is walked again into its collection, once the browser allows it', async () => {
  const { actions, importer, handle } = await tabWith('granted');
  expect([...(await actions.rescannable())]).toEqual(['birds']);
  const done = actions.rescan('birds');
  await new Promise((resolve) => setTimeout(resolve));
  expect(importer.sent).toEqual([
    { type: 'import', name: 'Birds', into: 'birds', side: undefined },
    { type: 'folder', handle, prefix: 'a/' },
    { type: 'end' },
  ]);
  await importer.answer('import', { dataset: birds, labels: null });
  await done;
});

test('a folder that may not be read is told, and nothing is imported', async () => {
  const { actions, importer, parts } = await tabWith('denied');
  await actions.rescan('birds');
  expect(importer.sent).toEqual([]);
  expect(parts.store.getState().faults[0].message).toBe('The folder of “Birds” may not be read.');
});
