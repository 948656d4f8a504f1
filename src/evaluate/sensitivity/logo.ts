import type { LogoShape } from '../../core/sensitivity';

/** A picture to paste: RGBA bytes [height, width, 4], not premultiplied. */
export interface Logo {
  pixels: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
}

type Colour = readonly [number, number, number];
/** Colour at a point of the square from -1 to 1, or null where one sees through. */
type Shape = (x: number, y: number) => Colour | null;

const WHITE: Colour = [255, 255, 255];
const radius = Math.hypot;
/** 0 in the middle of each of five points of a star, 1 between them. */
const betweenPoints = (x: number, y: number): number => {
  const turn = (Math.atan2(x, -y) / (2 * Math.PI)) * 5;
  return Math.abs(turn - Math.round(turn)) * 2;
};

/** Logos that need no file: bold, two colours at most, unlike each other. */
export const SHAPES = {
  disc: (x, y) => (radius(x, y) <= 0.95 ? [220, 30, 40] : null),
  ring: (x, y) => (radius(x, y) > 0.95 ? null : radius(x, y) > 0.55 ? [20, 90, 200] : WHITE),
  cross: (x, y) => (Math.min(Math.abs(x), Math.abs(y)) <= 0.3 ? [30, 150, 60] : null),
  triangle: (x, y) => (Math.abs(x) <= (y + 1) / 2 ? [250, 200, 0] : null),
  diamond: (x, y) => (Math.abs(x) + Math.abs(y) <= 1 ? [140, 40, 160] : null),
  star: (x, y) => (radius(x, y) <= 0.98 - 0.58 * betweenPoints(x, y) ? [20, 20, 20] : null),
  bars: (_, y) => (Math.floor((y + 1) * 2.5) % 2 === 0 ? [240, 110, 20] : WHITE),
  checker: (x, y) => ((Math.floor((x + 1) * 2) + Math.floor((y + 1) * 2)) % 2 === 0 ? [0, 160, 170] : [20, 20, 20]),
} as const satisfies Record<LogoShape, Shape>;

/** Points a pixel and direction: edges are smooth. */
const FINE = 4;

/** Colour of a pixel [4]: the mean of the points in it that have one, and how many have. */
function pixel(shape: Shape, side: number, column: number, row: number): [number, number, number, number] {
  const at = (place: number, point: number): number => (2 * (place + (point + 0.5) / FINE)) / side - 1;
  const sum = [0, 0, 0];
  let filled = 0;
  for (let point = 0; point < FINE * FINE; point++) {
    const colour = shape(at(column, point % FINE), at(row, Math.floor(point / FINE)));
    if (!colour) continue;
    filled++;
    for (let c = 0; c < 3; c++) sum[c] += colour[c];
  }
  const [r, g, b] = sum.map((value) => value / Math.max(1, filled));
  return [r, g, b, (255 * filled) / FINE ** 2];
}

/** Alpha below this is not seen: what scaling leaves at an edge. */
const SEEN = 8;

/** A logo without the margin that one sees through, so that its share of an area is its own; null where nothing is seen. */
export function trimmed({ pixels, width, height }: Logo): Logo | null {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let row = 0, at = 3; row < height; row++)
    for (let column = 0; column < width; column++, at += 4) {
      if (pixels[at] < SEEN) continue;
      left = Math.min(left, column);
      right = Math.max(right, column);
      top = Math.min(top, row);
      bottom = row;
    }
  if (right < 0) return null;
  const [across, down] = [right - left + 1, bottom - top + 1];
  const kept = new Uint8ClampedArray(across * down * 4);
  for (let row = 0; row < down; row++) {
    const from = ((top + row) * width + left) * 4;
    kept.set(pixels.subarray(from, from + across * 4), row * across * 4);
  }
  return { pixels: kept, width: across, height: down };
}

export function drawLogo(name: LogoShape, side = 64): Logo {
  const pixels = new Uint8ClampedArray(side * side * 4);
  for (let i = 0; i < side * side; i++) pixels.set(pixel(SHAPES[name], side, i % side, Math.floor(i / side)), 4 * i);
  return { pixels, width: side, height: side };
}
