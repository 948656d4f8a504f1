import { type Bytes, refused } from './bytes';
import { exifOrientation } from './exif';
import type { Header } from './header';

/** IHDR, and the chunks before the pixels that tell of transparency, animation and orientation (PNG 3rd edition, 11). */
export function pngHeader(bytes: Bytes, start = 0): Header {
  if (bytes.u32(start + 8) !== 13 || bytes.text(start + 12, 4) !== 'IHDR') throw refused('The PNG header is damaged.');
  const [width, height] = [bytes.u32(start + 16), bytes.u32(start + 20)];
  const colourType = bytes.u8(start + 25);
  const header: Header = {
    kind: 'png',
    type: 'image/png',
    width,
    height,
    orientation: 1,
    opaque: (colourType & 4) === 0,
    animated: false,
  };
  for (let at = start + 33; at + 8 <= bytes.length; ) {
    const length = bytes.u32(at);
    const name = bytes.text(at + 4, 4);
    if (name === 'IDAT' || name === 'IEND') break;
    if (name === 'tRNS') header.opaque = false;
    if (name === 'acTL') header.animated = true;
    if (name === 'eXIf') header.orientation = exifOrientation(bytes, at + 8, at + 8 + length);
    at += 12 + length;
  }
  return header;
}
