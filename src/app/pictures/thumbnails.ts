import type { Image } from '../../core/records';

/** A picture as panels show it. */
export interface Picture {
  row: number;
  path: string;
  label: string | null;
  /** As shown, in pixels. */
  width: number;
  height: number;
  fileBytes: number;
  sha256: string;
  /** Paths of files with the same bytes. */
  copies: string[];
  /** The stored thumbnail is damaged: there is nothing to show. */
  damaged: boolean;
  /** Object URL of the thumbnail, valid while the picture is in the cache; an <img> that has loaded keeps its picture. */
  url: string;
}

/** Reads rows from .. from + count - 1 of a data set; fewer at its end. */
export type PageReader = (dataset: string, from: number, count: number) => Promise<Image[]>;

interface Page {
  pictures: Picture[];
  /** Thumbnails in the data set when it was read: the last page of a growing one is read again. */
  of: number;
}

export const PAGE_ROWS = 64;
/** Object URLs made in one task: they take long, and the page must not stop for longer than a frame. */
const A_TURN = 16;
/** 48 pages are 3,072 thumbnails of some 20 KB. */
const PAGES = 48;

/**
 * Thumbnails of one data set at a time, read in pages and kept while they are in use: the least recently used page gives way,
 * and its object URLs with it.
 */
export class Thumbnails {
  /** Rises whenever a page arrives or the data set changes. */
  version = 0;
  private dataset: string | null = null;
  private count = 0;
  private readonly pages = new Map<number, Page>();
  private readonly pending = new Map<number, Promise<Page>>();
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly read: PageReader,
    private readonly limit = PAGES,
  ) {}

  /** Says which data set is meant and how many pictures it has by now. */
  show(dataset: string | null, count: number): void {
    if (dataset === this.dataset && count === this.count) return;
    if (dataset !== this.dataset) {
      for (const page of this.pages.values()) release(page);
      this.pages.clear();
      this.pending.clear();
      this.dataset = dataset;
    }
    this.count = count;
    this.changed();
  }

  /** Rows from .. from + count - 1, read where needed; fewer at the end of the data set. */
  async imagesAt(from: number, count: number): Promise<Picture[]> {
    const end = Math.min(from + count, this.count);
    const found: Picture[] = [];
    for (let row = from; row < end; ) {
      const number = Math.floor(row / PAGE_ROWS);
      const page = await this.page(number);
      const begin = number * PAGE_ROWS;
      found.push(...page.pictures.slice(row - begin, end - begin));
      row = begin + PAGE_ROWS;
    }
    return found;
  }

  /** The picture if it is in the cache; else undefined now, and listeners are told when it has come. */
  peek(row: number): Picture | undefined {
    if (row < 0 || row >= this.count) return undefined;
    const number = Math.floor(row / PAGE_ROWS);
    const page = this.pages.get(number);
    const picture = page?.pictures[row - number * PAGE_ROWS];
    if (page && picture) this.touch(number, page);
    // A failed read is told by `imagesAt` to those who wait for it; here the tile stays empty until it is asked for again.
    else void this.page(number).catch(() => undefined);
    return picture;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private page(number: number): Promise<Page> {
    const kept = this.pages.get(number);
    if (kept && (kept.pictures.length === PAGE_ROWS || kept.of === this.count)) {
      this.touch(number, kept);
      return Promise.resolve(kept);
    }
    const running = this.pending.get(number);
    if (running) return running;
    const reading = this.load(number).finally(() => {
      if (this.pending.get(number) === reading) this.pending.delete(number);
    });
    this.pending.set(number, reading);
    return reading;
  }

  private async load(number: number): Promise<Page> {
    const { dataset, count } = this;
    if (dataset === null) return { pictures: [], of: 0 };
    const images = await this.read(dataset, number * PAGE_ROWS, PAGE_ROWS);
    // Another data set was chosen meanwhile: nothing of this one may be shown.
    if (dataset !== this.dataset) return { pictures: [], of: 0 };
    const before = this.pages.get(number)?.pictures ?? [];
    const pictures: Picture[] = [];
    for (const [i, image] of images.entries()) {
      if (i % A_TURN === 0) await turn();
      pictures.push(before[i] ?? picture(image));
    }
    await turn();
    const page = { pictures, of: count };
    if (dataset !== this.dataset) {
      release(page);
      return { pictures: [], of: 0 };
    }
    this.touch(number, page);
    this.evict();
    this.changed();
    return page;
  }

  private touch(number: number, page: Page): void {
    this.pages.delete(number);
    this.pages.set(number, page);
  }

  private evict(): void {
    for (const [number, page] of this.pages) {
      if (this.pages.size <= this.limit) return;
      this.pages.delete(number);
      release(page);
    }
  }

  private changed(): void {
    this.version++;
    for (const listener of this.listeners) listener();
  }
}

/** Lets what waits for the page go first. */
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

function picture({
  row,
  path,
  label,
  width,
  height,
  fileBytes,
  sha256,
  copies,
  thumbnail,
  thumbnailType,
  thumbnailDamaged = false,
}: Image): Picture {
  const url = URL.createObjectURL(new Blob([thumbnail], { type: thumbnailType }));
  return { row, path, label, width, height, fileBytes, sha256, copies, damaged: thumbnailDamaged, url };
}

function release(page: Page): void {
  for (const { url } of page.pictures) URL.revokeObjectURL(url);
}
