import { orient } from './orient';
import type { Raster } from './raster';
import type { Resampler } from './resample';

/**
 * The stored square [side, side, 3] of a raster that the resampler has loaded: the short side becomes `side`, the long
 * one keeps the aspect and is cropped around its centre.
 */
export function makeSquare(raster: Raster, resampler: Resampler, side: number): Uint8Array {
  const scale = side / Math.min(raster.width, raster.height);
  const width = Math.max(side, Math.round(raster.width * scale));
  const height = Math.max(side, Math.round(raster.height * scale));
  const [left, top] = [Math.floor((width - side) / 2), Math.floor((height - side) / 2)];
  const window = { width, height, left, top, columns: side, rows: side };
  for (const source of raster.sources) resampler.resize(source, window, 'bicubic');
  return orient(resampler.takePixels(raster.colours), side, side, raster.orientation, 3);
}
