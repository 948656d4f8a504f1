import { sha256 } from '../core/formats/sha256';
import { release } from './buffers';
import { decode } from './decode';
import type { Header } from './header/header';
import { orient } from './orient';
import type { Raster } from './raster';
import { Resampler } from './resample';
import { sniff } from './sniff';
import { encodeThumbnail, isOwnThumbnail, THUMBNAIL_SIDE, type Thumbnail, thumbnailPixels } from './thumbnail';

/**
 * The stored square [side, side, 3] of a raster that the resampler has loaded: the short side becomes `side`, the long
 * one keeps the aspect and is cropped around its centre.
 */
function makeSquare(raster: Raster, resampler: Resampler, side: number): Uint8Array {
  const scale = side / Math.min(raster.width, raster.height);
  const width = Math.max(side, Math.round(raster.width * scale));
  const height = Math.max(side, Math.round(raster.height * scale));
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const window = { width, height, left, top, columns: side, rows: side };
  for (const source of raster.sources) resampler.resize(source, window, 'bicubic');
  return orient(resampler.takePixels(raster.colours), side, side, raster.orientation, 3);
}

/** What is kept of a picture's file. */
export interface Picture extends Thumbnail {
  sha256: string;
  /** As shown: after EXIF orientation. */
  width: number;
  height: number;
  /** [side, side, 3], row-major RGB. */
  pixels: Uint8Array;
}

const resampler = new Resampler();

/** Runs the decoding of a picture with this header when its turn has come. */
export type Turn = <T>(header: Header, work: () => Promise<T>) => Promise<T>;

/**
 * Everything from a file's bytes to what is stored of it.
 * @param side of the stored square
 * @param known hash that the file is expected to have: if it has, nothing is decoded
 * @param turn bounds what is decoded at a time
 * @returns null when the hash is the known one
 * @throws Fault 'picture' with the reason why the file cannot be taken in
 */
export async function takePicture(
  bytes: Uint8Array<ArrayBuffer>,
  side: number,
  known: string | undefined,
  turn: Turn,
): Promise<Picture | null> {
  const header = sniff(bytes);
  const hash = sha256(bytes);
  if (known !== undefined && (await hash) === known) return null;
  const [sha, decoded] = await Promise.all([hash, turn(header, () => decodePicture(bytes, header, side))]);
  return { sha256: sha, ...decoded };
}

/**
 * The square alone that would be stored of a picture: [side, side, 3].
 * @throws Fault 'picture' with the reason why the file cannot be taken in
 */
export async function pictureSquare(bytes: Uint8Array<ArrayBuffer>, side: number): Promise<Uint8Array> {
  const header = sniff(bytes);
  const raster = await decode(bytes, header, decodedShort(bytes, header, side));
  resampler.load(raster.bytes);
  release(raster.bytes);
  return makeSquare(raster, resampler, side);
}

async function decodePicture(
  bytes: Uint8Array<ArrayBuffer>,
  header: Header,
  side: number,
): Promise<Omit<Picture, 'sha256'>> {
  const own = isOwnThumbnail(header, bytes.byteLength);
  const raster = await decode(bytes, header, decodedShort(bytes, header, side));
  // Until both are resized nothing waits: the resampler's memory holds one picture.
  resampler.load(raster.bytes);
  release(raster.bytes);
  const pixels = makeSquare(raster, resampler, side);
  const { width, height } = raster.shown;
  if (own) return { width, height, pixels, thumbnail: bytes.slice().buffer, thumbnailType: header.type };
  return { width, height, pixels, ...(await encodeThumbnail(thumbnailPixels(raster, resampler))) };
}

/** Short side that will be made of a picture: of the stored square, or of the thumbnail where that is made too. */
const decodedShort = (bytes: Uint8Array, header: Header, side: number): number =>
  isOwnThumbnail(header, bytes.byteLength) ? side : Math.max(side, thumbnailShort(header));

const thumbnailShort = ({ width, height }: Header): number =>
  Math.min(width, height, Math.ceil((THUMBNAIL_SIDE * Math.min(width, height)) / Math.max(width, height)));
