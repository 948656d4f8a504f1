import type { Logo } from './logo';

// Alterations of one picture: RGB bytes [side, side, 3], given back as a new array.

/** Where something is put, as shares of the room it has: 0 left or top, 1 right or bottom. */
export interface Place {
  x: number;
  y: number;
}

/** First pixel and number of pixels of an interval of `size` pixels, put into `side` pixels at `place`. */
const put = (size: number, side: number, place: number): { from: number; size: number } => {
  const fitted = Math.max(1, Math.min(side, Math.round(size)));
  return { from: Math.round(place * (side - fitted)), size: fitted };
};

/** Mean colour and alpha of the part of a logo that target pixel (x, y) of [height, width] covers, weighted by alpha. */
function covered({ pixels, width, height }: Logo, x: number, y: number, toWidth: number, toHeight: number): number[] {
  const range = (i: number, from: number, to: number): [number, number] => {
    const first = Math.floor((i * from) / to);
    return [first, Math.max(first + 1, Math.floor(((i + 1) * from) / to))];
  };
  const [[left, right], [top, bottom]] = [range(x, width, toWidth), range(y, height, toHeight)];
  const sum = [0, 0, 0, 0];
  for (let row = top; row < bottom; row++)
    for (let at = (row * width + left) * 4; at < (row * width + right) * 4; at += 4) {
      for (let c = 0; c < 3; c++) sum[c] += pixels[at + c] * pixels[at + 3];
      sum[3] += pixels[at + 3];
    }
  const alpha = sum[3] / ((right - left) * (bottom - top) * 255);
  return [...sum.slice(0, 3).map((value) => (sum[3] > 0 ? value / sum[3] : 0)), alpha];
}

/** Pastes a logo whose bounding box takes `share` of the picture's area, its own proportions kept where they fit. */
export function pasteLogo(pixels: Uint8Array, side: number, logo: Logo, share: number, place: Place): Uint8Array {
  const out = pixels.slice();
  if (share <= 0) return out;
  const proportion = Math.sqrt(logo.width / logo.height);
  const length = side * Math.sqrt(share);
  const tall = logo.height > logo.width;
  // The longer side first: where that does not fit, the other makes up for it.
  const long = put(tall ? length / proportion : length * proportion, side, tall ? place.y : place.x);
  const short = put((length * length) / long.size, side, tall ? place.x : place.y);
  const [across, down] = tall ? [short, long] : [long, short];
  for (let y = 0; y < down.size; y++)
    for (let x = 0; x < across.size; x++) {
      const [r, g, b, alpha] = covered(logo, x, y, across.size, down.size);
      const at = ((down.from + y) * side + across.from + x) * 3;
      for (const [c, colour] of [r, g, b].entries())
        out[at + c] = Math.round(alpha * colour + (1 - alpha) * pixels[at + c]);
    }
  return out;
}

/** Turns the colours of a square patch of `share` of the area into their opposites. */
export function invertPatch(pixels: Uint8Array, side: number, share: number, place: Place): Uint8Array {
  const out = pixels.slice();
  if (share <= 0) return out;
  const [across, down] = [place.x, place.y].map((at) => put(side * Math.sqrt(share), side, at));
  for (let y = down.from; y < down.from + down.size; y++)
    for (let at = (y * side + across.from) * 3; at < (y * side + across.from + across.size) * 3; at++)
      out[at] = 255 - pixels[at];
  return out;
}

/** Multiplies every pixel: 1.2 is a fifth brighter. What would be above white becomes white. */
export const brighten = (pixels: Uint8Array, factor: number): Uint8Array =>
  pixels.map((value) => Math.min(255, Math.round(value * factor)));
