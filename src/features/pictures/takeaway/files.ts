import type { Parts } from '../../../app/session/parts';
import type { Image } from '../../../core/records';
import { placeOf, thumbnailName } from './names';

/** Rows read at a time, which lie together in the database. */
const TOGETHER = 64;

/** A picture as a file to take away. */
export interface TakenFile {
  row: number;
  /** Where it is put, folders included. */
  name: string;
  content: Blob;
  original: boolean;
}

/**
 * The files of pictures in the order of their rows: originals where they are at hand, which a click may ask for, else thumbnails;
 * nothing of one whose thumbnail is damaged.
 * @param labels of each row, to be put into folders by; null: not by label
 */
export async function* filesOf(
  { reads, originals }: Pick<Parts, 'reads' | 'originals'>,
  dataset: string,
  rows: readonly number[],
  labels: readonly (string | number | null)[] | null,
): AsyncGenerator<TakenFile> {
  const find = originals.finder(dataset, true);
  let images: Image[] = [];
  for (const row of rows.toSorted((a, b) => a - b)) {
    if (!images.some((image) => image.row === row))
      images = await reads.images(dataset, row - (row % TOGETHER), TOGETHER);
    const image = images.find((one) => one.row === row);
    if (!image) continue;
    const { path, thumbnail, thumbnailType } = image;
    const place = placeOf(path, labels ? labelText(labels[row]) : undefined);
    const file = await find(image);
    if (file instanceof File) yield { row, name: place, content: file, original: true };
    else if (thumbnail.byteLength > 0) {
      const content = new Blob([thumbnail], { type: thumbnailType });
      yield { row, name: thumbnailName(place, thumbnailType), content, original: false };
    }
  }
}

const labelText = (label: string | number | null | undefined): string | null => (label == null ? null : String(label));
