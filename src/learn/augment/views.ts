import type { Recipe } from '../../core/config';
import type { Draws } from '../../core/random';
import { jitter, toGrey } from './colour';
import { drawView, type ViewDraw } from './draw';
import { combineRows, resizeCrop, type Taps } from './resample';

/** Which draws a batch of views takes: one draw per picture and view, from the counter-based generator. */
export interface ViewKey {
  seed: number;
  purpose: 'view' | 'frozen view';
  step: number;
  view: 0 | 1;
}

/** What the encoders see: (x - MEAN) / STD of pixels in 0..1. */
export const MEAN = 0.5;
export const STD = 0.25;

/** Gaussian window out to three sigma, cut and renormalised at the borders. */
function gaussianTaps(sigma: number, side: number): Taps {
  const reach = Math.min(side - 1, Math.ceil(3 * sigma));
  const first = new Int32Array(side);
  const weights: Float32Array[] = [];
  for (let i = 0; i < side; i++) {
    first[i] = Math.max(0, i - reach);
    const row = new Float32Array(Math.min(side, i + reach + 1) - first[i]);
    let sum = 0;
    for (let j = 0; j < row.length; j++) {
      row[j] = Math.exp(-0.5 * ((first[i] + j - i) / sigma) ** 2);
      sum += row[j];
    }
    for (let j = 0; j < row.length; j++) row[j] /= sum;
    weights.push(row);
  }
  return { first, weights };
}

/** Rows become columns: [side, side, 3]. */
function transpose(picture: Float32Array, side: number): Float32Array {
  const turned = new Float32Array(picture.length);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      for (let c = 0; c < 3; c++) turned[(x * side + y) * 3 + c] = picture[(y * side + x) * 3 + c];
  return turned;
}

function blur(picture: Float32Array, side: number, sigma: number): Float32Array {
  const taps = gaussianTaps(sigma, side);
  const down = (x: Float32Array) => combineRows(x, taps, side * 3);
  return transpose(down(transpose(down(picture), side)), side);
}

/** Flips and quarter turns as one move of pixels. */
function place(picture: Float32Array, side: number, { flip, verticalFlip, turns }: ViewDraw): Float32Array {
  if (!flip && !verticalFlip && turns === 0) return picture;
  const moved = new Float32Array(picture.length);
  const last = side - 1;
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      let [fromY, fromX] = [y, x];
      for (let t = 0; t < turns; t++) [fromY, fromX] = [fromX, last - fromY];
      if (flip) fromX = last - fromX;
      if (verticalFlip) fromY = last - fromY;
      for (let c = 0; c < 3; c++) moved[(y * side + x) * 3 + c] = picture[(fromY * side + fromX) * 3 + c];
    }
  return moved;
}

function addNoise(picture: Float32Array, deviation: number, draws: Draws): void {
  for (let i = 0; i < picture.length; i++)
    picture[i] = Math.min(1, Math.max(0, picture[i] + deviation * draws.normal()));
}

/** One picture's view in 0..1, [side, side, 3]. */
function render(
  pixels: Uint8Array,
  offset: number,
  storedSide: number,
  side: number,
  view: ViewDraw,
  draws: Draws,
  recipe: Recipe,
): Float32Array {
  let picture = place(resizeCrop(pixels, offset, storedSide, view.crop, side), side, view);
  if (view.grey && recipe.greyFirst) toGrey(picture);
  for (const { step, amount } of view.jitter) jitter(picture, step, amount);
  if (view.grey && !recipe.greyFirst) toGrey(picture);
  if (view.sigma > 0) picture = blur(picture, side, view.sigma);
  if (view.noise > 0) addNoise(picture, view.noise, draws);
  return picture;
}

function normaliseInto(output: Float32Array, at: number, picture: Float32Array): void {
  for (let i = 0; i < picture.length; i++) output[at + i] = (picture[i] - MEAN) / STD;
}

/**
 * One view of each picture: uint8 [n, storedSide, storedSide, 3] -> normalised [n, side, side, 3].
 * The draw of row r depends on the key and r alone, not on its place in the batch.
 */
export function augmentBatch(
  pixels: Uint8Array,
  storedSide: number,
  rows: ArrayLike<number>,
  key: ViewKey,
  side: number,
  recipe: Recipe,
): Float32Array {
  const output = new Float32Array(rows.length * side * side * 3);
  for (let i = 0; i < rows.length; i++) {
    const { view, draws } = drawView({ ...key, image: rows[i] }, storedSide, recipe);
    const picture = render(pixels, i * storedSide * storedSide * 3, storedSide, side, view, draws, recipe);
    normaliseInto(output, i * side * side * 3, picture);
  }
  return output;
}

/** The middle of each stored square, unchanged: what is embedded. Same normalisation and layout as the views. */
export function centreCrops(pixels: Uint8Array, storedSide: number, count: number, side: number): Float32Array {
  const output = new Float32Array(count * side * side * 3);
  const margin = Math.round((storedSide - side) / 2);
  for (let i = 0, to = 0; i < count; i++)
    for (let y = 0; y < side; y++) {
      let from = ((i * storedSide + margin + y) * storedSide + margin) * 3;
      for (let x = 0; x < side * 3; x++) output[to++] = (pixels[from++] / 255 - MEAN) / STD;
    }
  return output;
}

/** Views as the page shows them: normalised [n, side, side, 3] -> RGBA bytes [n, side, side, 4]. */
export function viewsToBytes(views: Float32Array): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray((views.length / 3) * 4);
  for (let i = 0, to = 0; i < views.length; i += 3) {
    for (let c = 0; c < 3; c++) bytes[to++] = (views[i + c] * STD + MEAN) * 255;
    bytes[to++] = 255;
  }
  return bytes;
}
