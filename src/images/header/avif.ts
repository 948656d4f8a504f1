import { type Bytes, refused } from './bytes';
import type { Header } from './header';

const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs'];
/** ISO base media boxes on the way to the size of an item; `meta` has a version before its boxes. */
const CONTAINERS: Record<string, number> = { meta: 4, iprp: 0, ipco: 0 };

/** The brands of the file type box that any ISO base media file begins with. */
function brands(bytes: Bytes): string[] {
  const length = Math.min(bytes.u32(0), bytes.length, 256);
  const found = [bytes.text(8, 4)];
  for (let at = 16; at + 4 <= length; at += 4) found.push(bytes.text(at, 4));
  return found;
}

/** AVIF (av1-avif 1.1): the largest `ispe` property, which is the whole picture's where it is made of tiles. */
export function avifHeader(bytes: Bytes): Header {
  const named = brands(bytes);
  if (!named.includes('avif') && !named.includes('avis')) throw notAvif(named);
  const found: Found = { width: 0, height: 0, turned: false, alpha: false };
  walk(bytes, 0, bytes.length, found);
  if (found.width === 0) throw refused('The AVIF header is damaged.');
  const { width, height, turned, alpha } = found;
  // Turned by irot or imir: only the decoder knows how. 0 says so.
  const orientation = turned ? 0 : 1;
  return {
    kind: 'avif',
    type: 'image/avif',
    width,
    height,
    orientation,
    opaque: !alpha,
    animated: named[0] === 'avis',
  };
}

interface Found {
  width: number;
  height: number;
  turned: boolean;
  alpha: boolean;
}

function walk(bytes: Bytes, from: number, to: number, found: Found): void {
  for (let at = from; at + 8 <= to; ) {
    const length = bytes.u32(at) || to - at;
    if (length < 8) return;
    const name = bytes.text(at + 4, 4);
    const end = Math.min(to, at + length);
    if (name in CONTAINERS) walk(bytes, at + 8 + CONTAINERS[name], end, found);
    if (name === 'irot' || name === 'imir') found.turned = true;
    if (name === 'auxC') found.alpha = true;
    if (name === 'ispe') {
      const [width, height] = [bytes.u32(at + 12), bytes.u32(at + 16)];
      if (width * height > found.width * found.height) Object.assign(found, { width, height });
    }
    at += length;
  }
}

function notAvif(named: string[]): Error {
  if (named.some((brand) => HEIC_BRANDS.includes(brand)) || named[0] === 'mif1' || named[0] === 'msf1')
    return refused('This is a HEIC picture, which browsers do not decode. Save it as JPEG.');
  return refused('This is a video or another media file, not a picture.');
}
