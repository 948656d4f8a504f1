import { type Halved, toHalved } from './colour';
import type { Header } from './header/header';
import { encodeJpeg } from './jpeg/encode';
import { orient } from './orient';
import { type Raster, type Size, turnedSize } from './raster';
import type { Resampler } from './resample';

/** Longest side of a thumbnail. */
export const THUMBNAIL_SIDE = 160;
/** A file of no more bytes, and no larger than a thumbnail, is its own thumbnail. */
const OWN_BYTES = 16384;
/** What every browser shows as we store it: one opaque frame. */
const SHOWN: readonly string[] = ['jpeg', 'png', 'webp'];

export interface Thumbnail {
  thumbnail: ArrayBuffer;
  thumbnailType: string;
}

/** Size of the thumbnail of a picture: at most 160 px, never larger than the picture. */
function thumbnailSize({ width, height }: Size): Size {
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** Whether the file can be shown as its own thumbnail. */
export function isOwnThumbnail({ kind, width, height, opaque, animated }: Header, bytes: number): boolean {
  const small = Math.max(width, height) <= THUMBNAIL_SIDE && bytes <= OWN_BYTES;
  return small && opaque && !animated && SHOWN.includes(kind);
}

/** The thumbnail of a raster that the resampler has loaded, upright, as JPEG. */
export function makeThumbnail(raster: Raster, resampler: Resampler): Thumbnail {
  const { colours, orientation } = raster;
  const shown = thumbnailSize(raster.shown);
  const stored = turnedSize(shown, orientation);
  // A JPEG's chromas stay at half the size on their whole way.
  const sizes = raster.sources.map((_, i) => (colours === 'full' && i > 0 ? half(stored) : stored));
  raster.sources.forEach((source, i) => {
    const { width, height } = sizes[i];
    resampler.resize(source, { width, height, left: 0, top: 0, columns: width, rows: height }, 'hamming');
  });
  const size = { columns: shown.width, rows: shown.height };
  const { width, height } = stored;
  const halved =
    colours === 'full'
      ? halvedOf(resampler.takePlanes(), sizes, orientation, size)
      : toHalved(orient(resampler.takePixels(colours), width, height, orientation, 3), size);
  return { thumbnail: encodeJpeg(halved).buffer, thumbnailType: 'image/jpeg' };
}

function halvedOf(
  planes: Uint8Array[],
  sizes: Size[],
  orientation: number,
  size: { columns: number; rows: number },
): Halved {
  const [y, cb, cr] = planes.map((plane, i) => orient(plane, sizes[i].width, sizes[i].height, orientation));
  return { y, cb, cr, ...size };
}

const half = ({ width, height }: Size): Size => ({ width: Math.ceil(width / 2), height: Math.ceil(height / 2) });
