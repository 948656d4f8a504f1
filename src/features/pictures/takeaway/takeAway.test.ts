import { expect, test, vi } from 'vitest';
import { patch } from '../../../app/store/store';
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
