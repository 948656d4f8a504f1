import { type Bytes, refused } from './bytes';
import { exifOrientation } from './exif';
import type { Header } from './header';

/** Markers that stand alone, without a length: TEM, RST0 to RST7, SOI. */
const alone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** Start of frame, of whatever process: SOF0 to SOF15 without DHT, JPG, and DAC. */
const frame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Walks the segments up to the frame header (ITU T.81, B.1 and B.2.2). */
export function jpegHeader(bytes: Bytes): Header {
  let orientation = 1;
  for (let at = 2; ; ) {
    if (bytes.u8(at) !== 0xff) throw refused('The JPEG header is damaged.');
    const marker = bytes.u8(at + 1);
    if (marker === 0xff || alone(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker === 0xd9 || marker === 0xda) throw refused('The JPEG has no frame header.');
    const length = bytes.u16(at + 2);
    if (length < 2) throw refused('The JPEG header is damaged.');
    if (frame(marker)) {
      const [height, width] = [bytes.u16(at + 5), bytes.u16(at + 7)];
      return { kind: 'jpeg', type: 'image/jpeg', width, height, orientation, opaque: true, animated: false };
    }
    if (marker === 0xe1 && bytes.text(at + 4, 6) === 'Exif\0\0')
      orientation = exifOrientation(bytes, at + 10, at + 2 + length);
    at += 2 + length;
  }
}
