import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Image } from '../../core/records';
import { PAGE_ROWS, Thumbnails } from './thumbnails';

const image = (dataset: string, row: number): Image => ({
  dataset,
  row,
  path: `${dataset}/${row}.jpg`,
  label: null,
  sha256: '',
  width: 4,
  height: 3,
  fileBytes: 9,
  thumbnail: new ArrayBuffer(1),
  thumbnailType: 'image/webp',
  copies: [],
});

let open = new Set<string>();
beforeEach(() => {
  open = new Set();
  let made = 0;
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    open.add(`blob:${++made}`);
    return `blob:${made}`;
  });
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void open.delete(url));
});
afterEach(() => vi.restoreAllMocks());

function reader(stored: () => number) {
  const read = vi.fn(async (dataset: string, from: number, count: number) => {
    const end = Math.min(from + count, stored());
    return Array.from({ length: Math.max(0, end - from) }, (_, i) => image(dataset, from + i));
  });
  return read;
}

describe('pictures', () => {
  it('are read in pages, once, and given by row across them', async () => {
    const read = reader(() => 1000);
    const pictures = new Thumbnails(read);
    pictures.show('birds', 1000);
    const rows = await pictures.imagesAt(PAGE_ROWS - 2, 4);
    expect(rows.map(({ row }) => row)).toEqual([62, 63, 64, 65]);
    await pictures.imagesAt(0, 2 * PAGE_ROWS);
    expect(read).toHaveBeenCalledTimes(2);
    expect((await pictures.imagesAt(995, 50)).length).toBe(5);
  });

  it('hold no more object URLs than their pages, and give back the least used first', async () => {
    const pictures = new Thumbnails(
      reader(() => 10_000),
      3,
    );
    pictures.show('birds', 10_000);
    await pictures.imagesAt(0, 1);
    for (let page = 1; page < 20; page++) {
      await pictures.imagesAt(page * PAGE_ROWS, PAGE_ROWS);
      pictures.peek(0);
    }
    expect(open.size).toBe(3 * PAGE_ROWS);
    expect(pictures.peek(0)?.row).toBe(0);
  });

  it('read the last page again when the data set has grown, keeping the URLs already shown', async () => {
    let stored = 10;
    const read = reader(() => stored);
    const pictures = new Thumbnails(read);
    pictures.show('birds', 10);
    const [first] = await pictures.imagesAt(0, 10);
    stored = 20;
    pictures.show('birds', 20);
    const after = await pictures.imagesAt(0, 64);
    expect(after.length).toBe(20);
    expect(after[0].url).toBe(first.url);
    expect(open.size).toBe(20);
  });

  it('never show a picture of the data set before', async () => {
    let answer: (images: Image[]) => void = () => undefined;
    const pictures = new Thumbnails((dataset) =>
      dataset === 'slow'
        ? new Promise((resolve) => {
            answer = resolve;
          })
        : Promise.resolve([image('birds', 0)]),
    );
    pictures.show('slow', 1);
    const asked = pictures.imagesAt(0, 1);
    pictures.show('birds', 1);
    answer([image('slow', 0)]);
    expect(await asked).toEqual([]);
    expect((await pictures.imagesAt(0, 1))[0].path).toBe('birds/0.jpg');
    expect(open.size).toBe(1);
  });

  it('do not ask again and again for a row that the database does not have', async () => {
    const read = reader(() => 5);
    const pictures = new Thumbnails(read);
    pictures.subscribe(() => pictures.peek(8));
    pictures.show('birds', 10);
    await pictures.imagesAt(0, 10);
    await pictures.imagesAt(0, 10);
    expect(read).toHaveBeenCalledTimes(1);
  });
});
