import type { Bytes } from './bytes';

const ORIENTATION = 0x0112;

/**
 * Orientation (1 to 8) in the TIFF structure at `at` (EXIF 2.32, 4.6.2): the first directory's entry 0x0112. Anything
 * odd counts as upright, as in browsers.
 */
export function exifOrientation(bytes: Bytes, at: number, end: number): number {
  const order = bytes.text(at, 2);
  if (order !== 'II' && order !== 'MM') return 1;
  const little = order === 'II';
  const limit = Math.min(end, bytes.length);
  if (at + 8 > limit) return 1;
  const directory = at + bytes.u32(at + 4, little);
  if (directory < at || directory + 2 > limit) return 1;
  const entries = bytes.u16(directory, little);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i;
    if (entry + 12 > limit) return 1;
    if (bytes.u16(entry, little) !== ORIENTATION) continue;
    const value = bytes.u16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
