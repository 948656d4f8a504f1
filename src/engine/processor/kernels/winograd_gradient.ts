import { multiplyColumns } from './tile';
import { at, scratch } from './vector';
import { addressPixels, GAP, transformPixels } from './winograd_pixels';

// The filters' gradient of the same convolutions, as F(3 x 3, 2 x 2): 16 products a tile in place of 36.

/** Channels of x that a task takes, tiles whose products are one sum, panels of dy at most. */
const CHANNELS = 32;
const TILES = 64;
const CHANNEL_BYTES: usize = 4 * CHANNELS;
const HALF: f32 = 0.5;

/**
 * dw [3, 3, I, O]: 32 channels of x and some panels of dy a task. Parameters: 0 x, 1 dy, 2 dw, 3 tiles, 4 tiles down, 5 tiles across,
 * 6 H, 7 W, 8 I, 9 O, 10 padding above, 11 padding at the left, 12 zeros, 13 height and 14 width of dy, 15 panels a task (8 at most),
 * 16 tasks along O.
 */
export function winogradGradient(task: i32, p: usize): void {
  const tasksAcross = at(p, 16);
  const firstChannel = (task / tasksAcross) * CHANNELS;
  const channels = min(CHANNELS, at(p, 8) - firstChannel);
  const firstPanel = (task % tasksAcross) * at(p, 15);
  const panels = min(at(p, 15), (at(p, 9) >> 3) - firstPanel);
  const columnBytes = (<usize>panels) << 5;
  const tiles = at(p, 3);
  // Addresses under one tile, then x transformed [16, tiles, channels], dy [16, tiles, columns], and their products [16, channels, columns].
  const pixels = scratch + 128;
  const pixelBytes = CHANNEL_BYTES * TILES + GAP;
  const gradients = pixels + (pixelBytes << 4);
  const gradientBytes = columnBytes * TILES + GAP;
  const sums = gradients + (gradientBytes << 4);
  const sumBytes = columnBytes * CHANNELS + GAP;
  for (let first = 0; first < tiles; first += TILES) {
    const count = min(TILES, tiles - first);
    for (let tile = 0; tile < count; tile++) {
      addressPixels(p, first + tile, scratch);
      const to = pixels + <usize>tile * CHANNEL_BYTES;
      transformPixels(scratch, (<usize>firstChannel) << 2, (<usize>channels) << 2, to, pixelBytes);
      transformGradient(p, first + tile, firstPanel, columnBytes, gradients + <usize>tile * columnBytes, gradientBytes);
    }
    for (let product: usize = 0; product < 16; product++)
      for (let panel: usize = 0; panel < <usize>panels; panel++)
        for (let channel: usize = 0; channel < <usize>channels; channel += 4) {
          const left = pixels + product * pixelBytes + (channel << 2);
          const right = gradients + product * gradientBytes + (panel << 5);
          const out = sums + product * sumBytes + channel * columnBytes + (panel << 5);
          multiplyColumns(left, CHANNEL_BYTES, count, right, columnBytes, out, columnBytes, first > 0);
        }
  }
  const rowBytes = (<usize>at(p, 9)) << 2;
  for (let channel: usize = 0; channel < <usize>channels; channel++) {
    const to = <usize>at(p, 2) + (<usize>firstChannel + channel) * rowBytes + ((<usize>firstPanel) << 5);
    for (let c: usize = 0; c < columnBytes; c += 16)
      collect(sums + channel * columnBytes + c, sumBytes, to + c, <usize>at(p, 8) * rowBytes);
  }
}

/** G dy G' of some columns of one tile: four by four of the two by two. */
function transformGradient(p: usize, tile: i32, panel: i32, bytes: usize, to: usize, apart: usize): void {
  const across = at(p, 5);
  const down = at(p, 4);
  const height = at(p, 13);
  const width = at(p, 14);
  const placeBytes = (<usize>at(p, 9)) << 2;
  const row = ((tile / across) % down) << 1;
  const column = (tile % across) << 1;
  const place = ((tile / across / down) * height + row) * width + column;
  const skip = (<usize>panel) << 5;
  const zeros = <usize>at(p, 12);
  const a = <usize>at(p, 1) + <usize>place * placeBytes + skip;
  const b = column + 1 < width ? a + placeBytes : zeros;
  const below = a + <usize>width * placeBytes;
  const c = row + 1 < height ? below : zeros;
  const d = row + 1 < height && column + 1 < width ? below + placeBytes : zeros;
  const half = f32x4.splat(HALF);
  for (let k: usize = 0; k < bytes; k += 16) {
    const a0 = v128.load(a + k);
    const b0 = v128.load(b + k);
    const c0 = v128.load(c + k);
    const d0 = v128.load(d + k);
    const out = to + k;
    put(out, apart, a0, b0);
    put(out + 4 * apart, apart, f32x4.mul(f32x4.add(a0, c0), half), f32x4.mul(f32x4.add(b0, d0), half));
    put(out + 8 * apart, apart, f32x4.mul(f32x4.sub(a0, c0), half), f32x4.mul(f32x4.sub(b0, d0), half));
    put(out + 12 * apart, apart, c0, d0);
  }
}

/** g, (g + h) / 2, (g - h) / 2, h. */
function put(to: usize, apart: usize, g: v128, h: v128): void {
  const half = f32x4.splat(HALF);
  v128.store(to, g);
  v128.store(to + apart, f32x4.mul(f32x4.add(g, h), half));
  v128.store(to + 2 * apart, f32x4.mul(f32x4.sub(g, h), half));
  v128.store(to + 3 * apart, h);
}

/** A' m A: three by three taps of four columns. */
function collect(m: usize, apart: usize, to: usize, tapBytes: usize): void {
  for (let row = 0; row < 3; row++) {
    const m0 = along(m, apart, row);
    const m1 = along(m + apart, apart, row);
    const m2 = along(m + 2 * apart, apart, row);
    const m3 = along(m + 3 * apart, apart, row);
    v128.store(to, f32x4.add(f32x4.add(m0, m1), m2));
    v128.store(to + tapBytes, f32x4.sub(m1, m2));
    v128.store(to + 2 * tapBytes, f32x4.sub(f32x4.add(m1, m2), m3));
    to += 3 * tapBytes;
  }
}

/** Down a column: m0 + m1 + m2, m1 - m2, m1 + m2 - m3. */
function along(m: usize, apart: usize, row: i32): v128 {
  const m1 = v128.load(m + 4 * apart);
  const m2 = v128.load(m + 8 * apart);
  if (row === 0) return f32x4.add(f32x4.add(v128.load(m), m1), m2);
  if (row === 1) return f32x4.sub(m1, m2);
  return f32x4.sub(f32x4.add(m1, m2), v128.load(m + 12 * apart));
}
