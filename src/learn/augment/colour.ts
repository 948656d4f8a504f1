import type { JitterStep } from './draw';

// Colour changes on one picture, RGB in 0..1, in place, clamped as torchvision clamps after every change.

const clamp = (x: number): number => Math.min(1, Math.max(0, x));

/** ITU-R 601 luma, PIL's "L". */
const luma = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue;

/** factor * picture + (1 - factor) * base: every torchvision adjustment but hue. */
function blendWith(picture: Float32Array, factor: number, base: (at: number) => number): void {
  for (let at = 0; at < picture.length; at += 3) {
    const other = (1 - factor) * base(at);
    for (let c = at; c < at + 3; c++) picture[c] = clamp(factor * picture[c] + other);
  }
}

function meanLuma(picture: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < picture.length; at += 3) sum += luma(picture[at], picture[at + 1], picture[at + 2]);
  return sum / (picture.length / 3);
}

/** Turns the hue by `turn` of a full circle, through HSV. */
function turnHue(picture: Float32Array, turn: number): void {
  for (let at = 0; at < picture.length; at += 3) {
    const [red, green, blue] = [picture[at], picture[at + 1], picture[at + 2]];
    const value = Math.max(red, green, blue);
    const chroma = value - Math.min(red, green, blue);
    if (chroma === 0) continue;
    const sector =
      value === red
        ? (green - blue) / chroma
        : value === green
          ? 2 + (blue - red) / chroma
          : 4 + (red - green) / chroma;
    const hue = (((sector / 6 + turn) % 1) + 1) % 1;
    for (let c = 0; c < 3; c++) {
      // Smith 1978: red, green and blue are one ramp at hues 5, 3 and 1 sixths apart.
      const k = (5 - 2 * c + 6 * hue) % 6;
      picture[at + c] = clamp(value - chroma * Math.max(0, Math.min(k, 4 - k, 1)));
    }
  }
}

export function toGrey(picture: Float32Array): void {
  for (let at = 0; at < picture.length; at += 3)
    picture.fill(luma(picture[at], picture[at + 1], picture[at + 2]), at, at + 3);
}

/** One change of torchvision's ColorJitter. `amount` is a factor (1 changes nothing), for hue a turn (0 changes nothing). */
export function jitter(picture: Float32Array, step: JitterStep, amount: number): void {
  switch (step) {
    case 'brightness':
      blendWith(picture, amount, () => 0);
      break;
    case 'contrast': {
      const middle = meanLuma(picture);
      blendWith(picture, amount, () => middle);
      break;
    }
    case 'saturation':
      blendWith(picture, amount, (at) => luma(picture[at], picture[at + 1], picture[at + 2]));
      break;
    case 'hue':
      turnHue(picture, amount);
      break;
  }
}
