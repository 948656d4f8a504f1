import { type Bytes, refused } from './bytes';
import type { Header } from './header';

/** Width and height in the bitmap header at `at`: OS/2 1.x has 12 bytes and 16-bit sizes; negative heights run from the top. */
export function dibSize(bytes: Bytes, at: number): { width: number; height: number; bits: number } {
  const length = bytes.u32(at, true);
  if (length === 12)
    return { width: bytes.u16(at + 4, true), height: bytes.u16(at + 6, true), bits: bytes.u16(at + 10, true) };
  if (length < 16 || length > 124) throw refused('The BMP header is damaged.');
  const [width, height] = [bytes.i32(at + 4, true), bytes.i32(at + 8, true)];
  return { width: Math.abs(width), height: Math.abs(height), bits: bytes.u16(at + 14, true) };
}

export function bmpHeader(bytes: Bytes): Header {
  const { width, height, bits } = dibSize(bytes, 14);
  return { kind: 'bmp', type: 'image/bmp', width, height, orientation: 1, opaque: bits <= 24, animated: false };
}
