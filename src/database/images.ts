import { Fault } from '../core/fault';
import type { Dataset, DatasetChange, Image, Refusal } from '../core/records';
import { below } from './below';
import type { Database } from './connection';
import { goneFault, guarded, transact, unreadable } from './failure';
import { storeShards } from './pixels';
import { addCopies, type Copy, packRows, readRows, shardRange } from './rows';
import type { ImageRow } from './schema';
import { isRefusal } from './sound';
import { packThumbnails, thumbnailOf } from './thumbnails';

/** What a label, an export or the folding of duplicates needs of a picture. */
export type ImagePath = Pick<Image, 'row' | 'path' | 'label' | 'sha256' | 'copies' | 'fileBytes' | 'changedAt'>;

/**
 * Bytes that a row takes besides its thumbnail and pixels: measured on the disk, where Chromium compresses them, with
 * paths of some 30 characters.
 */
const ROW_BYTES = 160;

/** Rows from .. from + count - 1, in order; fewer at the end. A damaged thumbnail is left out, and the picture says so. */
export async function readImages(db: Database, dataset: string, from: number, count: number): Promise<Image[]> {
  return guarded('reading pictures', async () => {
    const found = await readRows(db, dataset, from, count);
    const range = await shardRange(db, 'thumbnails', dataset, from, count);
    const shards = await db.getAll('thumbnails', range).catch(unreadable);
    return found.map((row) => ({ ...row, ...thumbnailOf(row.row, shards ?? []) }));
  });
}

/** Every row's file, label and hash, in order, without reading thumbnails. */
export async function readPaths(db: Database, dataset: string): Promise<ImagePath[]> {
  const all = await guarded('reading the list of pictures', () => readRows(db, dataset, 0, Number.POSITIVE_INFINITY));
  return all.map(({ dataset: _, width: __, height: ___, ...image }) => image);
}

/** Every picture's size as shown and its file's bytes, in order. */
export async function readSizes(
  db: Database,
  dataset: string,
): Promise<Pick<Image, 'width' | 'height' | 'fileBytes'>[]> {
  const all = await guarded('reading the list of pictures', () => readRows(db, dataset, 0, Number.POSITIVE_INFINITY));
  return all.map(({ width, height, fileBytes }) => ({ width, height, fileBytes }));
}

export async function readRefusals(db: Database, dataset: string): Promise<Refusal[]> {
  return (await guarded('reading the skipped files', () => db.getAll('refusals', below(dataset)))).filter(isRefusal);
}

/** Bytes that a batch adds to what its data set uses. */
export const batchBytes = (images: readonly Image[], squares: readonly Uint8Array[]): number =>
  images.reduce((sum, image, i) => sum + image.thumbnail.byteLength + ROW_BYTES + squares[i].byteLength, 0);

/**
 * Takes in the next rows of a data set with a square [side, side, 3] each (its `storedSide`), refusals, and copies of
 * pictures that are in: either all of it is there afterwards, or nothing. `dataset` is the data
 * set's row as it shall be then, but for what the user says of it, which stays as it is stored; `images` follow the rows that are in without a gap. Its
 * pixels are shards of their own: nothing that is stored is written again, and rows and pixels cannot disagree. Returns
 * the data set's row as it is stored.
 * @throws Fault 'storage' when the browser refuses, 'busy' when another tab has added rows meanwhile, 'data' when the data set is gone
 */
export async function putBatch(
  db: Database,
  dataset: Dataset,
  images: Image[],
  squares: readonly Uint8Array[],
  refusals: Refusal[],
  copies: Copy[] = [],
): Promise<Dataset> {
  const first = dataset.count - images.length;
  const thumbnails = packThumbnails(images);
  let stored = dataset;
  await guarded(`importing into ${dataset.name}`, async () => {
    const shards = await storeShards(db, dataset.id, first, dataset.storedSide, squares);
    try {
      const stores = ['datasets', 'rows', 'thumbnails', 'pixels', 'shards', 'refusals'] as const;
      const tx = db.transaction(stores, 'readwrite', { durability: 'relaxed' });
      await transact(tx, async (ask) => {
        const before = await ask(tx.objectStore('datasets').get(dataset.id));
        if (!before) throw goneFault('collection');
        if (before.count !== first)
          throw new Fault('busy', `Another tab is importing into ${dataset.name}.`, 'Let it finish there.');
        stored = { ...dataset, ...saidBy(before) };
        ask(tx.objectStore('datasets').put(stored));
        for (const record of packRows(images.map(withoutThumbnail))) ask(tx.objectStore('rows').put(record));
        for (const record of thumbnails) ask(tx.objectStore('thumbnails').put(record));
        for (const record of shards.records) ask(tx.objectStore('pixels').put(record));
        for (const size of shards.sizes) ask(tx.objectStore('shards').put(size));
        for (const refusal of refusals) ask(tx.objectStore('refusals').put(refusal));
        await addCopies(tx.objectStore('rows'), ask, dataset.id, copies);
      });
    } catch (cause) {
      await shards.discard();
      throw cause;
    }
  });
  return stored;
}

/** What the user says of a data set: another tab may have changed it while this one imports. */
function saidBy(stored: Dataset): DatasetChange & Pick<Dataset, 'setAside' | 'removed'> {
  const { name, pins, setAside, removed, searchView, searchWith, undecided, blindTests } = stored;
  return { name, pins, setAside, removed, searchView, searchWith, undecided, blindTests };
}

function withoutThumbnail(image: Image): ImageRow {
  const { thumbnail: _, thumbnailType: __, thumbnailDamaged: ___, ...row } = image;
  return row;
}
