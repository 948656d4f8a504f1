import type { Thumbnails } from '../../../app/pictures/thumbnails';

/** Pixels of a side, as they are drawn. */
export const SMALL = 48;
/** Pictures kept, of 37 KB each. */
const MOST = 3000;

/** Pictures of one data set as small squares for a canvas, each read once; `onRead` is called when there are more. */
export class SmallPictures {
  private readonly kept = new Map<number, ImageBitmap | null>();
  private readonly waiting: number[] = [];
  private reading = false;
  private ended = false;

  constructor(
    private readonly pictures: Pick<Thumbnails, 'imagesAt'>,
    private readonly onRead: () => void,
  ) {}

  /** The square of a row, or null while it is not there. */
  peek(row: number): ImageBitmap | null {
    const found = this.kept.get(row);
    if (found !== undefined || this.kept.size >= MOST) return found ?? null;
    this.kept.set(row, null);
    this.waiting.push(row);
    if (!this.reading) void this.read();
    return null;
  }

  dispose(): void {
    this.ended = true;
    for (const bitmap of this.kept.values()) bitmap?.close();
    this.kept.clear();
  }

  private async read(): Promise<void> {
    this.reading = true;
    // After the drawing that asks for many; then in rising order, because thumbnails lie in pages.
    await Promise.resolve();
    for (let rows = this.waiting.splice(0); rows.length > 0; rows = this.waiting.splice(0))
      for (const [i, row] of rows.sort((a, b) => a - b).entries()) {
        const bitmap = await this.square(row).catch(() => null);
        if (this.ended) return bitmap?.close();
        this.kept.set(row, bitmap);
        if (i % 16 === 15 || i === rows.length - 1) this.onRead();
      }
    this.reading = false;
  }

  private async square(row: number): Promise<ImageBitmap | null> {
    const [picture] = await this.pictures.imagesAt(row, 1);
    if (!picture || picture.damaged) return null;
    const image = new Image();
    image.src = picture.url;
    await image.decode();
    const side = Math.min(image.naturalWidth, image.naturalHeight);
    const [left, top] = [(image.naturalWidth - side) / 2, (image.naturalHeight - side) / 2];
    const size = { resizeWidth: 2 * SMALL, resizeHeight: 2 * SMALL, resizeQuality: 'medium' } as const;
    return createImageBitmap(image, left, top, side, side, size);
  }
}
