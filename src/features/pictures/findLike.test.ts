import { expect, test } from 'vitest';
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
  await new Promise((resolve) => setTimeout(resolve, 20));
  const opened = tab.importer.sent.filter(({ type }) => type === 'open');
  expect(opened).toHaveLength(row === 400 ? 1 : 0);
  if (opened.length > 0) {
    tab.importer.say({ type: 'dataset', dataset: birds, ended: false });
    tab.importer.say({ type: 'dataset', dataset: { ...birds, count: 401 }, ended: true });
  }
  await finding;
  expect(store.getState()).toMatchObject({ screen: 'explore', similar: { row } });
});
