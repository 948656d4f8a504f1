import { dibSize } from './bmp';
import { type Bytes, refused } from './bytes';
import type { Header } from './header';
import { pngHeader } from './png';

/**
 * A Windows icon holds several pictures. The directory's sizes are one byte each and may lie, so each picture's own
 * header counts: the largest is what could be decoded.
 */
export function icoHeader(bytes: Bytes): Header {
  const count = bytes.u16(4, true);
  if (count === 0) throw refused('The icon holds no picture.');
  let [width, height] = [0, 0];
  for (let i = 0; i < count; i++) {
    const own = entrySize(bytes, 6 + 16 * i);
    if (own.width * own.height > width * height) ({ width, height } = own);
  }
  return { kind: 'ico', type: 'image/x-icon', width, height, orientation: 1, opaque: false, animated: true };
}

function entrySize(bytes: Bytes, entry: number): { width: number; height: number } {
  const at = bytes.u32(entry + 12, true);
  if (bytes.text(at, 4) === '\x89PNG') return pngHeader(bytes, at);
  // A bitmap in an icon has its mask below it, which doubles the height.
  const { width, height } = dibSize(bytes, at);
  return { width, height: Math.floor(height / 2) };
}
