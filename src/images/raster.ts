import type { Source } from './window';

/** How the bytes of a raster mean colours: RGB, or luma and two chromas in JPEG's full or video's limited range. */
export type Colours = 'rgb' | 'full' | 'limited';

/** A decoded picture: one source of pixels, or three planes of which the second and third may be smaller. */
export interface Raster {
  /** Borrowed: see buffers.ts. */
  bytes: Uint8Array<ArrayBuffer>;
  sources: Source[];
  colours: Colours;
  /** Pixels as stored, before the orientation is applied. */
  width: number;
  height: number;
  /** EXIF orientation, 1 to 8. */
  orientation: number;
  /** Size of the whole picture as it is shown, however small it was decoded. */
  shown: Size;
}

export interface Size {
  width: number;
  height: number;
}

/** A size after turning: from orientation 5 on width and height are exchanged. */
export const turnedSize = ({ width, height }: Size, orientation: number): Size =>
  orientation >= 5 ? { width: height, height: width } : { width, height };

/** Raster of interleaved pixels, of which the first three channels count. */
export function pixelRaster(
  bytes: Uint8Array<ArrayBuffer>,
  width: number,
  height: number,
  channels: 3 | 4,
  turned: Pick<Raster, 'orientation' | 'shown'>,
): Raster {
  const source = { offset: 0, stride: width * channels, channels, columns: width, rows: height, width, height };
  return { bytes, sources: [source], colours: 'rgb', width, height, ...turned };
}
