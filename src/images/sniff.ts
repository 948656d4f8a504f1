import { count } from '../core/amounts';
import { avifHeader } from './header/avif';
import { bmpHeader } from './header/bmp';
import { Bytes, refused } from './header/bytes';
import { gifHeader } from './header/gif';
import type { Header } from './header/header';
import { icoHeader } from './header/ico';
import { jpegHeader } from './header/jpeg';
import { pngHeader } from './header/png';
import { webpHeader } from './header/webp';

/** Pixels above which one picture is decoded at a time. */
export const LARGE_PIXELS = 16e6;
/** Pixels that are decoded at most: 64 megapixels take 256 MB. */
export const MOST_PIXELS = 64e6;

/** Bytes of a file's beginning that nearly always hold its header; a JPEG with large metadata needs more. */
export const HEAD_BYTES = 65536;

/**
 * Kind and size of a picture by its first bytes: names and MIME types lie. Refuses what cannot or should not be
 * decoded, before anything is.
 * @throws Fault 'picture' with the reason
 */
export function sniff(head: Uint8Array): Header {
  if (head.byteLength === 0) throw refused('The file is empty.');
  const header = readHeader(new Bytes(head));
  const { width, height } = header;
  if (width === 0 || height === 0) throw refused('The picture has no width or no height.');
  if (width * height > MOST_PIXELS) {
    const size = `${count(width)} x ${count(height)}`;
    const mega = count((width * height) / 1e6);
    throw refused(`The picture claims ${size} pixels, ${mega} megapixels; the limit is 64.`);
  }
  return header;
}

function readHeader(bytes: Bytes): Header {
  const read = reader(bytes);
  if (read === null) throw refused(unreadable(bytes));
  return read(bytes);
}

function reader(bytes: Bytes): ((bytes: Bytes) => Header) | null {
  if (bytes.starts(0xff, 0xd8, 0xff)) return jpegHeader;
  if (bytes.starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return (all) => pngHeader(all);
  if (/^GIF8[79]a/.test(bytes.text(0, 6))) return gifHeader;
  if (bytes.text(0, 4) === 'RIFF' && bytes.text(8, 4) === 'WEBP') return webpHeader;
  if (bytes.text(4, 4) === 'ftyp') return avifHeader;
  if (bytes.starts(0x42, 0x4d)) return bmpHeader;
  if (bytes.starts(0, 0, 1, 0)) return icoHeader;
  return null;
}

/** Why these bytes are no picture that a browser decodes. */
function unreadable(bytes: Bytes): string {
  const start = bytes.text(0, 512);
  const convert = 'which browsers do not decode. Save it as JPEG or PNG.';
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return `This is a TIFF or camera raw file, ${convert}`;
  if (start.startsWith('8BPS')) return `This is a Photoshop file, ${convert}`;
  if (start.startsWith('\xff\x0a') || start.startsWith('\0\0\0\x0cJXL '))
    return `This is a JPEG XL picture, ${convert}`;
  if (start.startsWith('\0\0\0\x0cjP  ')) return `This is a JPEG 2000 picture, ${convert}`;
  if (start.startsWith('%PDF')) return 'This is a PDF document, not a picture.';
  if (bytes.starts(0x50, 0x4b, 3, 4)) return 'This is a ZIP archive. Unpack it and drop the folder.';
  if (/<svg[\s>]/i.test(start)) return 'This is an SVG drawing; only pictures made of pixels are taken.';
  if (/^\s*<(!doctype html|html|head|body|script)/i.test(start)) return 'This is a web page, not a picture.';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells text from other bytes.
  if (!/[\x00-\x08\x0e-\x1f]/.test(start)) return 'This is text, not a picture.';
  return 'This is not a picture of a known kind: JPEG, PNG, WebP, GIF, AVIF, BMP or ICO.';
}
