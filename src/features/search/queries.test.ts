import { beforeEach, expect, test } from 'vitest';
import { patch } from '../../app/store/store';
import { likeRow } from '../../core/query';
import type { Image } from '../../core/records';
import { birds, device, FakeLocks, type FakeTab, fakeTab } from '../../page/fakeParts.testing';

/** SHA-256 of 'x'. */
const HASH = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';
const INCEPTION = 'pretrained inception-v3';
const told = () => new Promise((resolve) => setTimeout(resolve));

let tab: FakeTab;
const similar = () => tab.parts.store.getState().similar;
let picture: File;

beforeEach(async () => {
  picture = new File(['x'], 'rose.jpg', { type: 'image/jpeg' });
  const embedded = [{ encoder: INCEPTION, step: 0 }];
  tab = fakeTab({ datasets: [birds], runs: [], histories: {}, embedded }, new FakeLocks());
  await tab.actions.openLibrary();
  await tab.trainer.answer('prepare', device);
  await told();
});

test('results become examples of the query, and turn from one side to the other', () => {
  tab.actions.select(3);
  tab.actions.addExample(8, false);
  tab.actions.addExample(9, true);
  tab.actions.addExample(8, true);
  const query = [...likeRow(3), { rows: [9], unlike: true }, { rows: [8], unlike: true }];
  expect(similar()).toMatchObject({ row: null, query });
  expect(tab.searcher.sent.at(-1)).toMatchObject({ type: 'nearest', query });
  expect(similar().past.map((one) => one.query.length)).toEqual([1, 2, 3, 3]);
  tab.actions.search([]);
  expect(similar()).toMatchObject({ row: null, query: [], searching: false });
});

test('a picture from outside is embedded by the encoder in use, once, and not added', async () => {
  await tab.actions.findLike(picture);
  await told();
  expect(tab.trainer.sent.at(-1)).toMatchObject({ type: 'embed-picture', whose: { run: INCEPTION }, picture });
  const vector = Float32Array.of(1, 0);
  await tab.trainer.answer('embed-picture', vector);
  expect(tab.searcher.sent.at(-1)).toMatchObject({ encoder: INCEPTION, query: [{ vector, unlike: false }] });
  const asked = tab.trainer.sent.length;
  tab.actions.setNeighbourCount(40);
  await told();
  expect(tab.searcher.sent.at(-1)).toMatchObject({ count: 40, query: [{ vector, unlike: false }] });
  expect(tab.trainer.sent).toHaveLength(asked);
  expect(tab.importer.sent.filter(({ type }) => type === 'import')).toEqual([]);
});

test('a picture that is not embedded yet is searched for at once, by its thumbnail', async () => {
  const thumbnail = new TextEncoder().encode('small').buffer as ArrayBuffer;
  const image = { path: 'late.jpg', thumbnail, thumbnailType: 'image/webp' } as Image;
  tab.parts.reads.images = async (_, row) => (row === 390 ? [image] : []);
  tab.actions.select(390);
  while (tab.searcher.sent.at(-1)?.type === 'nearest' && tab.trainer.sent.at(-1)?.type !== 'embed-picture') {
    await tab.searcher.answer('nearest', null);
    await told();
  }
  const asked = tab.trainer.sent.at(-1) as { picture: Blob };
  expect(await asked.picture.text()).toBe('small');
  const vector = Float32Array.of(0, 1);
  await tab.trainer.answer('embed-picture', vector);
  await told();
  expect(tab.searcher.sent.at(-1)).toMatchObject({ encoder: INCEPTION, query: [{ vector, unlike: false }] });
  expect(similar()).toMatchObject({ row: 390, searching: true });
});

test('one that cannot be read is named, and one that is in the data set is searched for there', async () => {
  await tab.actions.findLike(picture);
  await told();
  await tab.trainer.fail('embed-picture', { kind: 'picture', message: 'It is no picture.', advice: '' });
  await told();
  expect(similar()).toMatchObject({ failed: true, result: null });
  expect(tab.parts.store.getState().faults).toMatchObject([{ message: 'rose.jpg: It is no picture.' }]);
  const names = Array.from({ length: 8 }, (_, i) => ({
    path: `${i}`,
    label: null,
    sha256: i === 7 ? HASH : '',
    fileBytes: 1,
  }));
  patch(tab.parts.store, 'browse', { names });
  await tab.actions.findLike(picture);
  expect(similar()).toMatchObject({ row: 7, failed: false });
});
