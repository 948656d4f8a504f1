import { type Bytes, refused } from './bytes';
import { exifOrientation } from './exif';
import type { Header } from './header';

const plain = { kind: 'webp', type: 'image/webp', orientation: 1, animated: false } as const;

/** The first chunk: lossy VP8 (RFC 6386, 9.1), lossless VP8L, or VP8X with the canvas of all frames (RFC 9649, 2.7). */
export function webpHeader(bytes: Bytes): Header {
  switch (bytes.text(12, 4)) {
    case 'VP8 ': {
      if (bytes.u24(23) !== 0x2a019d) throw refused('The WebP header is damaged.');
      const [width, height] = [bytes.u16(26, true) & 0x3fff, bytes.u16(28, true) & 0x3fff];
      return { ...plain, width, height, opaque: true };
    }
    case 'VP8L': {
      if (bytes.u8(20) !== 0x2f) throw refused('The WebP header is damaged.');
      const bits = bytes.u32(21, true);
      return {
        ...plain,
        width: (bits & 0x3fff) + 1,
        height: ((bits >>> 14) & 0x3fff) + 1,
        opaque: !((bits >>> 28) & 1),
      };
    }
    case 'VP8X': {
      const flags = bytes.u8(20);
      const [width, height] = [bytes.u24(24) + 1, bytes.u24(27) + 1];
      const orientation = flags & 0x08 ? exifChunk(bytes) : 1;
      return { ...plain, width, height, orientation, opaque: !(flags & 0x10), animated: (flags & 0x02) !== 0 };
    }
    default:
      throw refused('The WebP header is damaged.');
  }
}

/** The EXIF chunk comes after the pixels. */
function exifChunk(bytes: Bytes): number {
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = bytes.u32(at + 4, true);
    if (bytes.text(at, 4) === 'EXIF') {
      const tagged = bytes.text(at + 8, 6) === 'Exif\0\0' ? 6 : 0;
      return exifOrientation(bytes, at + 8 + tagged, at + 8 + length);
    }
    at += 8 + length + (length & 1);
  }
  return 1;
}
