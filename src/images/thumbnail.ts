import type { Header } from './header/header';
import { orient } from './orient';
import { withAlpha } from './pixels';
import { type Raster, type Size, turnedSize } from './raster';
import type { Resampler } from './resample';

export const THUMBNAIL_SIDE = 320;
/** A file of no more bytes, and no larger than a thumbnail, is its own thumbnail. */
const OWN_BYTES = 32768;
/** Of JPEG, 0 to 1. */
const QUALITY = 0.8;
/** What every browser shows as we store it: one opaque frame. */
const SHOWN: readonly string[] = ['jpeg', 'png', 'webp'];

export interface Thumbnail {
  thumbnail: ArrayBuffer;
  thumbnailType: string;
}

/** Size of the thumbnail of a picture: at most 320 px, never larger than the picture. */
function thumbnailSize({ width, height }: Size): Size {
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Whether the file can be shown as its own thumbnail. */
export function isOwnThumbnail({ kind, width, height, opaque, animated }: Header, bytes: number): boolean {
  const small = Math.max(width, height) <= THUMBNAIL_SIDE && bytes <= OWN_BYTES;
  return small && opaque && !animated && SHOWN.includes(kind);
}

/** RGB pixels of the thumbnail of a raster that the resampler has loaded, upright. */
export function thumbnailPixels(raster: Raster, resampler: Resampler): Size & { pixels: Uint8Array } {
  const { colours, orientation } = raster;
  const shown = thumbnailSize(raster.shown);
  const { width, height } = turnedSize(shown, orientation);
  const window = { width, height, left: 0, top: 0, columns: width, rows: height };
  for (const source of raster.sources) resampler.resize(source, window, 'hamming');
  return { ...shown, pixels: orient(resampler.takePixels(colours), width, height, orientation, 3) };
}

export async function encodeThumbnail({
  width,
  height,
  pixels,
}: ReturnType<typeof thumbnailPixels>): Promise<Thumbnail> {
  const image = new ImageData(withAlpha(pixels), width, height);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  return { thumbnail: await blob.arrayBuffer(), thumbnailType: blob.type };
}
