import { expect, test } from 'vitest';
import { Originals } from '../../../app/pictures/originals';
import type { Image } from '../../../core/records';
import { filesOf } from './files';

const image = (row: number, path: string, fileBytes: number): Image => ({
  ...{ dataset: 'set', row, path, label: null, sha256: '', width: 9, height: 9, fileBytes, copies: [] },
  ...{ thumbnail: new Uint8Array([row]).buffer, thumbnailType: 'image/webp' },
});

test('originals come as they are and the others as thumbnails, read page by page, in the folders of their labels', async () => {
  const all = Array.from({ length: 130 }, (_, row) => image(row, `cats/${row}.jpg`, 5));
  const read: number[] = [];
  const originals = new Originals(async () => []);
  originals.keep('set', new Map([['cats/2.jpg', new File(['12345'], '2.jpg')]]));
  const reads = {
    images: async (_: string, from: number, count: number) => {
      read.push(from);
      return all.slice(from, from + count);
    },
  };
  const taken = async (labels: (string | null)[] | null) => {
    const found = [];
    for await (const file of filesOf({ reads, originals } as never, 'set', [129, 2, 3], labels)) found.push(file);
    return found.map(({ name, original, content }) => [name, original, content.size]);
  };
  expect(await taken(null)).toEqual([
    ['cats/2.jpg', true, 5],
    ['cats/3 320px.webp', false, 1],
    ['cats/129 320px.webp', false, 1],
  ]);
  expect(read).toEqual([0, 128]);
  const labels = Array.from({ length: 130 }, (_, row) => (row === 2 ? 'good' : null));
  expect((await taken(labels)).map(([name]) => name)).toEqual([
    'good/2.jpg',
    'no label/3 320px.webp',
    'no label/129 320px.webp',
  ]);
});
