import type { Page } from 'playwright';
import type {} from '../src/app/session/scripting';

/** A line of pictures, with what is written below them; the first have a frame. */
export interface PictureLine {
  /** Written above it; '' for none. */
  title: string;
  rows: number[];
  words: string[];
  /** How many; absent: one. */
  framed?: number;
}

const TILE = 96;
const GAP = 6;
const TITLE = 20;
const WORDS = 18;

/** Paints lines of pictures of the page's data set, one below the other, and returns the bytes of a PNG. */
export async function paintRows(page: Page, lines: readonly PictureLine[]): Promise<Buffer> {
  const base64 = await page.evaluate(
    async ({ lines, TILE, GAP, TITLE, WORDS }) => {
      const most = Math.max(1, ...lines.map(({ rows }) => rows.length));
      const canvas = document.createElement('canvas');
      canvas.width = GAP + most * (TILE + GAP);
      canvas.height = GAP + lines.reduce((sum, { title }) => sum + (title ? TITLE : 0) + TILE + WORDS + GAP, 0);
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.textBaseline = 'top';
      let top = GAP;
      for (const { title, rows, words, framed = 1 } of lines) {
        context.fillStyle = '#222';
        context.font = '13px sans-serif';
        if (title) context.fillText(title, GAP, top, canvas.width - 2 * GAP);
        top += title ? TITLE : 0;
        for (const [place, row] of rows.entries()) {
          const left = GAP + place * (TILE + GAP);
          const [picture] = await lookalike.pictures.imagesAt(row, 1);
          const image = new Image();
          image.src = picture.url;
          const shown = await image.decode().then(
            () => true,
            () => false, // a damaged thumbnail leaves its place empty
          );
          const side = Math.min(image.width, image.height);
          const [x, y] = [(image.width - side) / 2, (image.height - side) / 2];
          if (shown) context.drawImage(image, x, y, side, side, left, top, TILE, TILE);
          context.strokeStyle = '#c00';
          context.lineWidth = 3;
          if (place < framed) context.strokeRect(left - 1.5, top - 1.5, TILE + 3, TILE + 3);
          context.font = '11px sans-serif';
          context.fillText(words[place] ?? '', left, top + TILE + 4, TILE);
        }
        top += TILE + WORDS + GAP;
      }
      return canvas.toDataURL('image/png').split(',')[1];
    },
    { lines, TILE, GAP, TITLE, WORDS },
  );
  return Buffer.from(base64, 'base64');
}
