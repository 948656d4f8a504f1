import { Fault } from '../core/fault';
import { frameOrientation, frameRaster, plain } from './frame';
import { refused } from './header/bytes';
import type { Header } from './header/header';
import { pixelRaster, type Raster, turnedSize } from './raster';
import { reduction } from './reduce';

/** A decoder that has not answered by then hangs. */
const DECODE_MILLISECONDS = 10_000;

/** JPEGs of more pixels are decoded small: below, the small decoding gives up the planes and gains nothing. */
const SMALL_DECODING_PIXELS = 1e6;

/**
 * Decodes the first frame of a picture whose header was checked. `wanted` is the short side that will be made of it:
 * large pictures come out smaller, at no less than twice that.
 * @throws Fault 'picture' when the browser cannot decode it, or takes more than ten seconds
 */
export async function decode(bytes: Uint8Array<ArrayBuffer>, header: Header, wanted: number): Promise<Raster> {
  let late: ReturnType<typeof setTimeout> | undefined;
  const watchdog = new Promise<never>((_, reject) => {
    late = setTimeout(() => reject(refused('Decoding took more than 10 seconds.')), DECODE_MILLISECONDS);
  });
  try {
    return await Promise.race([decodeAny(bytes, header, wanted), watchdog]);
  } catch (cause) {
    if (cause instanceof Fault || cause instanceof RangeError) throw cause;
    throw damaged();
  } finally {
    clearTimeout(late);
  }
}

const damaged = (): Fault => refused('The file is damaged or cut off: the browser cannot decode it.');

async function decodeAny(bytes: Uint8Array<ArrayBuffer>, header: Header, wanted: number): Promise<Raster> {
  const raster = header.kind === 'ico' ? null : await throughDecoder(bytes, header, wanted);
  return raster ?? throughBitmap(bytes, header, wanted);
}

/** By ImageDecoder, which needs no Blob and gives planes; null where it is missing or its frame is not plain. */
async function throughDecoder(bytes: Uint8Array<ArrayBuffer>, header: Header, wanted: number): Promise<Raster | null> {
  if (typeof ImageDecoder === 'undefined') return null;
  const desired = smaller(header, wanted);
  const decoder = new ImageDecoder({ data: bytes, type: header.type, preferAnimation: false, ...desired });
  try {
    // It says RangeError of a file that ends before its first frame, as others do where memory is short.
    const { image } = await decoder.decode({ frameIndex: 0, completeFramesOnly: true }).catch(() => {
      throw damaged();
    });
    try {
      const orientation = frameOrientation(image) ?? (header.orientation === 1 ? 1 : null);
      if (orientation === null || !plain(image)) return null;
      const raster = await frameRaster(image, orientation, wanted);
      return desired ? { ...raster, shown: turnedSize(header, orientation) } : raster;
    } finally {
      image.close();
    }
  } finally {
    decoder.close();
  }
}

/** The size at which a large JPEG is decoded. The decoder takes the next larger of its eighths. */
function smaller(
  { kind, width, height }: Header,
  wanted: number,
): { desiredWidth: number; desiredHeight: number } | undefined {
  const scale = (2 * wanted) / Math.min(width, height);
  if (kind !== 'jpeg' || width * height <= SMALL_DECODING_PIXELS || scale > 0.5) return undefined;
  return { desiredWidth: Math.ceil(width * scale), desiredHeight: Math.ceil(height * scale) };
}

/** By createImageBitmap and a canvas: every browser and format, any colour space turned into sRGB, orientation applied. */
async function throughBitmap(bytes: Uint8Array<ArrayBuffer>, header: Header, wanted: number): Promise<Raster> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: header.type }));
  try {
    const shown = { width: bitmap.width, height: bitmap.height };
    const factor = reduction(shown.width, shown.height, wanted);
    const [width, height] = [Math.ceil(shown.width / factor), Math.ceil(shown.height / factor)];
    const context = new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true });
    if (!context) throw new RangeError('No memory for a canvas');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, width, height);
    return pixelRaster(new Uint8Array(data.buffer), width, height, 4, { orientation: 1, shown });
  } finally {
    bitmap.close();
  }
}
