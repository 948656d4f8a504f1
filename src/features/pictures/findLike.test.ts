import { expect, test, vi } from 'vitest';
import { patch } from '../../app/store/store';
import { birds, FakeLocks, fakeTab } from '../../page/fakeParts.testing';
import { findLike } from './findLike';

/** SHA-256 of 'x'. */
const HASH = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';

test.each([
  ['that is there already is shown at once', HASH, 7],
  ['that is new is added and shown', 'another', 400],
])('a picture %s', async (_, hash, row) => {
  const tab = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks());
  await tab.actions.openLibrary();
  const { store } = tab.parts;
  const lookalike = { store, actions: tab.actions };
  const names = Array.from({ length: 8 }, (_, i) => ({ path: `${i}`, label: null, sha256: i === 7 ? hash : '' }));
  patch(store, 'browse', { names });
  const only = new File(['x'], 'rose.jpg');
  const files = (async function* () {
    yield { path: only.name, file: only };
  })();
  const finding = findLike(lookalike, { name: 'Pictures', named: false, folders: [], files, only });
  const opened = () => tab.importer.sent.filter(({ type }) => type === 'import').length;
  if (row === 400) {
    await vi.waitFor(() => expect(opened()).toBe(1));
    tab.importer.progress('import', { opened: birds });
    await tab.importer.answer('import', { dataset: { ...birds, count: 401 }, labels: null });
  }
  await finding;
  expect(opened()).toBe(row === 400 ? 1 : 0);
  expect(store.getState()).toMatchObject({ screen: 'explore', similar: { row } });
});
