import { median } from '../core/median';

/** Difference of colour channels, 0 to 255, up to which a picture counts as grey: what JPEG makes of grey. */
const GREY = 6;
/** Levels by which a plain ground may differ from its own mean: paper, shadows, JPEG. */
const PLAIN = 12;
/** Share of the border that has to be plain: an object may touch it. */
const MOST = 0.85;

/** What a picture's square says of its kind. */
export interface Look {
  /** Without colour. */
  grey: boolean;
  /** An object on a plain ground: nearly all of the border has one colour. */
  plain: boolean;
}

/** Looks at a square [side, side, 3] of RGB bytes. */
export function lookOf(pixels: Uint8Array, side: number): Look {
  return { grey: isGrey(pixels), plain: hasPlainBorder(pixels, side) };
}

/** Every seventh pixel is enough. */
function isGrey(pixels: Uint8Array): boolean {
  let [sum, count] = [0, 0];
  for (let at = 0; at < pixels.length; at += 21) {
    const [r, g, b] = [pixels[at], pixels[at + 1], pixels[at + 2]];
    sum += Math.max(r, g, b) - Math.min(r, g, b);
    count++;
  }
  return sum / count <= GREY;
}

function hasPlainBorder(pixels: Uint8Array, side: number): boolean {
  const border = borderPixels(side);
  const ground = [0, 1, 2].map((channel) => median(border.map((pixel) => pixels[3 * pixel + channel])));
  const near = border.filter((pixel) =>
    ground.every((value, channel) => Math.abs(pixels[3 * pixel + channel] - value) <= PLAIN),
  );
  return near.length >= MOST * border.length;
}

/** Pixels of each edge that are looked at. */
const OF_EDGE = 40;

/** Places on the outermost ring. */
function borderPixels(side: number): number[] {
  const last = side - 1;
  const places = Array.from({ length: Math.min(last, OF_EDGE) }, (_, i) =>
    Math.floor((i * last) / Math.min(last, OF_EDGE)),
  );
  return places.flatMap((i) => [i, i * side + last, side * side - 1 - i, (last - i) * side]);
}
