import { overWhite } from './pixels';
import { pixelRaster, type Raster } from './raster';

/** Frames of more pixels are averaged down in strips: two further copies of 64 megapixels would be half a gigabyte. */
const WHOLE_PIXELS = 2e6;
const STRIP_BYTES = 4e6;

/** By which whole factor a frame of this size is averaged down: to no less than twice `wanted` of the short side. */
export function reduction(width: number, height: number, wanted: number): number {
  if (width * height <= WHOLE_PIXELS) return 1;
  return Math.max(1, Math.floor(Math.min(width, height) / (2 * wanted)));
}

/** RGB pixels of a frame, each the mean of factor x factor pixels over white. Up to factor - 1 rows and columns are left out. */
export async function reducedPixels(
  frame: VideoFrame,
  turned: Pick<Raster, 'orientation' | 'shown'>,
  factor: number,
): Promise<Raster> {
  const [columns, rows] = [Math.floor(frame.codedWidth / factor), Math.floor(frame.codedHeight / factor)];
  // Two rows of the frame at least: subsampled planes cannot be cut between.
  const step = Math.max(1, Math.floor(STRIP_BYTES / (frame.codedWidth * 4 * factor)));
  const even = factor * step + ((factor * step) % 2);
  const small = new Uint8Array(columns * rows * 3);
  const sums = new Uint32Array(columns * 3);
  let strip: { pixels: Uint8Array; top: number; bottom: number } = { pixels: new Uint8Array(0), top: 0, bottom: 0 };
  for (let row = 0; row < rows; row++) {
    sums.fill(0);
    for (let y = row * factor; y < (row + 1) * factor; y++) {
      if (y >= strip.bottom) strip = await readStrip(frame, y - (y % 2), even);
      addRow(strip.pixels.subarray((y - strip.top) * frame.codedWidth * 4), factor, sums);
    }
    for (let i = 0; i < sums.length; i++) small[row * sums.length + i] = Math.round(sums[i] / (factor * factor));
  }
  return pixelRaster(small, columns, rows, 3, turned);
}

async function readStrip(
  frame: VideoFrame,
  top: number,
  count: number,
): Promise<{ pixels: Uint8Array; top: number; bottom: number }> {
  const bottom = Math.min(frame.codedHeight, top + count);
  const rect = { x: 0, y: top, width: frame.codedWidth, height: bottom - top };
  const opaque = !frame.format?.endsWith('A');
  const pixels = new Uint8Array(rect.width * rect.height * 4);
  await frame.copyTo(pixels, { rect, format: opaque ? 'RGBX' : 'RGBA' });
  if (!opaque) overWhite(pixels);
  return { pixels, top, bottom };
}

function addRow(pixels: Uint8Array, factor: number, sums: Uint32Array): void {
  for (let i = 0, at = 0; i < sums.length; i += 3)
    for (let k = 0; k < factor; k++, at += 4) {
      sums[i] += pixels[at];
      sums[i + 1] += pixels[at + 1];
      sums[i + 2] += pixels[at + 2];
    }
}
