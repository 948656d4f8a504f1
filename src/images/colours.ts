/** Coefficients are whole numbers of 2^-13: two for blue in limited range still fits 16 bits. */
const SHIFT = 13;

/** Whole numbers: the gain of luma, of red by red chroma, of green by both, of blue by blue chroma, and what is added. */
interface ColourTable {
  gain: number;
  red: number;
  greenBlue: number;
  greenRed: number;
  blue: number;
  black: number;
}

/** ITU-R BT.601 from luma and chroma as they are stored. */
function colourTable(range: 'full' | 'limited'): ColourTable {
  const [luma, chroma, black] = range === 'full' ? [1, 1, 0] : [255 / 219, 255 / 224, 16];
  const whole = (value: number): number => Math.round(value * (1 << SHIFT));
  const gain = whole(luma);
  return {
    gain,
    red: whole(1.402 * chroma),
    greenBlue: whole(-0.344136 * chroma),
    greenRed: whole(-0.714136 * chroma),
    blue: whole(1.772 * chroma),
    black: (1 << (SHIFT - 1)) - black * gain,
  };
}

const TABLES = { full: colourTable('full'), limited: colourTable('limited') };

/** Planes [area] of luma and the two chromas as RGB pixels [area, 3]. */
export function toPixels(planes: readonly Uint8Array[], range: 'full' | 'limited'): Uint8Array {
  const [luma, blues, reds] = planes;
  const { gain, red, greenBlue, greenRed, blue, black } = TABLES[range];
  const pixels = new Uint8ClampedArray(3 * luma.length);
  for (let i = 0, at = 0; i < luma.length; i++, at += 3) {
    const y = gain * luma[i] + black;
    const u = blues[i] - 128;
    const v = reds[i] - 128;
    pixels[at] = (y + red * v) >> SHIFT;
    pixels[at + 1] = (y + greenBlue * u + greenRed * v) >> SHIFT;
    pixels[at + 2] = (y + blue * u) >> SHIFT;
  }
  return new Uint8Array(pixels.buffer);
}
