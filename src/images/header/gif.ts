import type { Bytes } from './bytes';
import type { Header } from './header';

const tableBytes = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);

/** The logical screen, made larger where the first frame reaches beyond it, as browsers do (GIF89a, 18 and 20). */
export function gifHeader(bytes: Bytes): Header {
  let [width, height] = [bytes.u16(6, true), bytes.u16(8, true)];
  const first = firstFrame(bytes, 13 + tableBytes(bytes.u8(10)));
  if (first !== null) {
    width = Math.max(width, bytes.u16(first + 1, true) + bytes.u16(first + 5, true));
    height = Math.max(height, bytes.u16(first + 3, true) + bytes.u16(first + 7, true));
  }
  return { kind: 'gif', type: 'image/gif', width, height, orientation: 1, opaque: false, animated: true };
}

/** Where the first image descriptor is, past the extensions; null when these bytes do not reach it. */
function firstFrame(bytes: Bytes, from: number): number | null {
  for (let at = from; at + 9 < bytes.length; ) {
    const block = bytes.u8(at);
    if (block === 0x2c) return at;
    if (block !== 0x21) return null;
    at += 2;
    while (at < bytes.length && bytes.u8(at) !== 0) at += 1 + bytes.u8(at);
    at++;
  }
  return null;
}
