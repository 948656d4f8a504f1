import type { Dataset, Image, Refusal } from '../../src/core/records';
import { batchBytes, type ImagePath } from '../../src/database/images';
import type { Copy } from '../../src/database/rows';
import { lookOf } from '../../src/images/look';
import { labelOf } from '../../src/images/walk';
import type { DecodedPicture } from '../../src/protocol/decoding';

/** What one transaction will write. */
export interface Batch {
  dataset: Dataset;
  images: Image[];
  /** A square each. */
  squares: Uint8Array[];
  refusals: Refusal[];
  copies: Copy[];
}

interface Known {
  row: number;
  paths: Set<string>;
  /** The row while it is not written yet: copies are still added to it. */
  open: Image | null;
}

const refusalKey = ({ path, fileBytes }: Pick<Refusal, 'path' | 'fileBytes'>): string => `${fileBytes} ${path}`;

/** The records of an import: what is in the data set, what is known by content, and the batch that is being filled. */
export class ImportRecords {
  private readonly byHash = new Map<string, Known>();
  private readonly byPath = new Map<string, string>();
  private readonly refusedBefore: Set<string>;
  private images: Image[] = [];
  private squares: Uint8Array[] = [];
  private refusals: Refusal[] = [];
  private copies: Copy[] = [];
  /** Of all pictures; not known of a data set whose first pictures were not looked at. */
  private looks: Dataset['looks'];

  /** @param dataset as it is stored; from then on as it will be when all closed batches are written */
  constructor(
    private dataset: Dataset,
    rows: readonly ImagePath[],
    refusals: readonly Refusal[],
  ) {
    this.looks = dataset.looks ?? (dataset.count === 0 ? { grey: 0, plain: 0 } : undefined);
    this.refusedBefore = new Set(refusals.map(refusalKey));
    for (const { row, path, copies, sha256 } of rows) {
      const paths = new Set([path, ...copies]);
      this.byHash.set(sha256, { row, paths, open: null });
      for (const one of paths) this.byPath.set(one, sha256);
    }
  }

  /** Hash of the picture that is in under this path. */
  knownAt(path: string): string | undefined {
    return this.byPath.get(path);
  }

  /** Pictures waiting to be written. */
  get pending(): number {
    return this.images.length;
  }

  get empty(): boolean {
    return this.images.length + this.refusals.length + this.copies.length === 0;
  }

  /** Takes a decoded picture in, or folds it into the one with the same bytes. */
  take(path: string, file: Pick<Image, 'fileBytes' | 'changedAt'>, { pixels, ...picture }: DecodedPicture): void {
    const known = this.byHash.get(picture.sha256);
    if (known) {
      this.fold(known, path);
      return;
    }
    const row = this.dataset.count + this.images.length;
    const image: Image = {
      dataset: this.dataset.id,
      row,
      path,
      label: labelOf(path),
      ...file,
      copies: [],
      ...picture,
    };
    this.images.push(image);
    this.squares.push(pixels);
    if (this.looks) {
      const { grey, plain } = lookOf(pixels, this.dataset.storedSide);
      this.looks = { grey: this.looks.grey + Number(grey), plain: this.looks.plain + Number(plain) };
    }
    this.byHash.set(picture.sha256, { row, paths: new Set([path]), open: image });
  }

  /** Notes a refused file. False: it was noted by an earlier import already. */
  refuse(path: string, fileBytes: number, reason: string): boolean {
    const refusal = { dataset: this.dataset.id, path, fileBytes, reason };
    if (this.refusedBefore.has(refusalKey(refusal))) return false;
    this.refusedBefore.add(refusalKey(refusal));
    this.refusals.push(refusal);
    return true;
  }

  /** Changes the data set's own values; they are written with the next batch. */
  change(values: Pick<Dataset, 'complete'>): void {
    this.dataset = { ...this.dataset, ...values };
  }

  /** Closes the batch: what comes from now on is of the next one. */
  close(): Batch {
    const { images, squares, refusals, copies, dataset: before } = this;
    // A map, because a folder may be called "constructor".
    const labels = new Map(Object.entries(before.labels));
    for (const { label } of images) if (label !== null) labels.set(label, (labels.get(label) ?? 0) + 1);
    for (const { sha256 } of images) {
      const known = this.byHash.get(sha256);
      if (known) known.open = null;
    }
    const folded = copies.length + images.reduce((sum, image) => sum + image.copies.length, 0);
    const dataset: Dataset = {
      ...before,
      count: before.count + images.length,
      duplicates: before.duplicates + folded,
      refused: before.refused + refusals.length,
      bytes: before.bytes + batchBytes(images, squares),
      labels: Object.fromEntries(labels),
      ...(this.looks ? { looks: this.looks } : {}),
    };
    this.dataset = dataset;
    this.images = [];
    this.squares = [];
    this.refusals = [];
    this.copies = [];
    return { dataset, images, squares, refusals, copies };
  }

  private fold(known: Known, path: string): void {
    if (known.paths.has(path)) return;
    known.paths.add(path);
    if (known.open) known.open.copies.push(path);
    else this.copies.push({ row: known.row, path });
  }
}
