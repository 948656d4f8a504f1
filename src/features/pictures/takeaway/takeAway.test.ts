import { expect, test, vi } from 'vitest';
import { patch } from '../../../app/store/store';
import { pretrainedRun } from '../../../core/pretrained';
import { likeRow } from '../../../core/query';
import { birds, FakeLocks, fakeTab } from '../../../page/fakeParts.testing';

const saved: { name: string; content: Blob }[] = [];
vi.mock('../../../widgets/download', async (original) => ({
  ...(await original<object>()),
  download: (name: string, content: Blob) => saved.push({ name, content }),
}));

test('a list has path, label and hash of the selected pictures in their order', async () => {
  const { parts, actions } = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks());
  await actions.openLibrary();
  const names = ['owls/a.jpg', 'b.jpg', '=c.jpg'].map((path, row) => ({
    path,
    label: null,
    sha256: `hash ${row}`,
    fileBytes: 1,
  }));
  const columns = [{ kind: 'class' as const, name: 'mine', values: ['good', null, 'bad, really'] }];
  patch(parts.store, 'labels', { columns });
  patch(parts.store, 'browse', { names });
  await actions.takeAway([2, 0, 1], { as: 'csv', column: 'mine', byLabel: false });
  expect(saved[0].name).toBe('Birds-3-pictures.csv');
  expect((await saved[0].content.text()).split('\r\n')).toEqual([
    'path,label,sha256',
    `'=c.jpg,"bad, really",hash 2`,
    'owls/a.jpg,good,hash 0',
    'b.jpg,,hash 1',
    '',
  ]);
});

test('a list of similar pictures has what a click on each would find, by path', async () => {
  const { parts, actions, searcher } = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks());
  await actions.openLibrary();
  patch(parts.store, 'encoders', { embedded: new Map([[pretrainedRun('inception-v3'), 0]]) });
  const names = ['a.jpg', 'b.jpg', 'c.jpg'].map((path) => ({ path, label: null, sha256: '', fileBytes: 1 }));
  patch(parts.store, 'browse', { names });
  const taken = actions.takeAway([2, 0, 1], { as: 'similar', column: null, byLabel: false });
  for (const other of [0, 1]) {
    await new Promise((resolve) => setTimeout(resolve));
    const neighbours = [
      { row: other, similarity: 0.5 },
      { row: 1, similarity: 0.25 },
    ];
    const about = {
      row: 0,
      about: '',
      encoder: '',
      step: 0,
      fresh: { refined: 0, grouped: 0 },
      among: 3,
      milliseconds: 1,
    };
    await searcher.answer('nearest', { ...about, neighbours });
  }
  await new Promise((resolve) => setTimeout(resolve));
  await searcher.answer('nearest', null);
  await taken;
  const asked = searcher.sent.flatMap((one) => (one.type === 'nearest' ? [[one.query, one.count]] : []));
  expect(asked).toEqual([2, 0, 1].map((row) => [likeRow(row), 10]));
  expect(saved.at(-1)?.name).toBe('Birds-3-pictures similar.csv');
  expect((await saved.at(-1)?.content.text())?.split('\r\n')).toEqual([
    'path,rank,similar,similarity',
    'c.jpg,1,a.jpg,0.5000',
    'c.jpg,2,b.jpg,0.2500',
    'a.jpg,1,b.jpg,0.5000',
    'a.jpg,2,b.jpg,0.2500',
    '',
  ]);
  expect(parts.store.getState().note).toMatch(/of 2 pictures are saved .*; 1 is not embedded yet\.$/);
});

test('of pictures that are not embedded yet no list of similar ones is saved, and that is said', async () => {
  const { parts, actions, searcher } = fakeTab({ datasets: [birds], runs: [], histories: {} }, new FakeLocks());
  await actions.openLibrary();
  const before = saved.length;
  const said: string[] = [];
  for (const embedded of [new Map(), new Map([[pretrainedRun('inception-v3'), 0]])]) {
    patch(parts.store, 'encoders', { embedded });
    parts.store.setState({ note: '' });
    const taken = actions.takeAway([1], { as: 'similar', column: null, byLabel: false });
    await new Promise((resolve) => setTimeout(resolve));
    await searcher.answer('nearest', null);
    await taken;
    said.push(parts.store.getState().note);
  }
  expect(said).toEqual(Array(2).fill('No list is saved: none of these pictures is embedded yet.'));
  expect(saved).toHaveLength(before);
});
