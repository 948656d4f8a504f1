import { refused } from './header/bytes';
import { MOST_PIXELS, sniff } from './sniff';

/** Files of logos are small. */
const MOST_BYTES = 20e6;

/** A picture with its transparency: RGBA bytes [height, width, 4], not premultiplied. */
export interface AlphaPicture {
  pixels: Uint8ClampedArray;
  width: number;
  height: number;
}

/**
 * Decodes a picture with what one sees through it, its long side brought down to `most` pixels.
 * @throws Fault 'picture' with the reason
 */
export async function decodeWithAlpha(file: Blob, most: number): Promise<AlphaPicture> {
  if (file.size > MOST_BYTES) throw refused(`The file has ${Math.round(file.size / 1e6)} MB; the limit is 20.`);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { type, width, height } = sniff(bytes);
  if (width * height > MOST_PIXELS / 4) throw refused('The picture has more than 16 megapixels.');
  const scale = Math.min(1, most / Math.max(width, height));
  const bitmap = await createImageBitmap(new Blob([bytes], { type })).catch(() => {
    throw refused('The file is damaged or cut off: the browser cannot decode it.');
  });
  try {
    const wide = Math.max(1, Math.round(bitmap.width * scale));
    const high = Math.max(1, Math.round(bitmap.height * scale));
    const context = new OffscreenCanvas(wide, high).getContext('2d', { willReadFrequently: true });
    if (!context) throw new RangeError('No memory for a canvas');
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, wide, high);
    return { pixels: context.getImageData(0, 0, wide, high).data, width: wide, height: high };
  } finally {
    bitmap.close();
  }
}
