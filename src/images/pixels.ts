/** BGRA or BGRX to RGBA or RGBX, in place. */
export function swapRedAndBlue(pixels: Uint8Array): void {
  const words = new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.byteLength >> 2);
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    words[i] = (word & 0xff00ff00) | ((word & 0xff) << 16) | ((word >>> 16) & 0xff);
  }
}

/** Composites RGBA (not premultiplied) over white, in place. */
export function overWhite(pixels: Uint8Array): void {
  for (let i = 0; i < pixels.length; i += 4) {
    const alpha = pixels[i + 3];
    if (alpha === 255) continue;
    for (let c = i; c < i + 3; c++) pixels[c] = Math.round((pixels[c] * alpha) / 255 + 255 - alpha);
  }
}

/** RGB bytes -> RGBA bytes, opaque. */
export function withAlpha(pixels: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray((pixels.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4)
    for (let c = 0; c < 3; c++) out[to + c] = pixels[from + c];
  return out;
}
