import { finishRow } from './finish';
import { multiplyRows } from './tile';
import { at, scratch } from './vector';
import { addressPixels, GAP, transformPixels } from './winograd_pixels';

// Convolutions of 3 x 3 taps, one pixel from place to place, by Winograd's F(2 x 2, 3 x 3) (Lavin & Gray 2016): a tile of 2 x 2
// places is 16 products in place of 36, of its 4 x 4 pixels and the filters, both transformed; sums over channels lie between.

/** Steps whose products are one sum; the sums of these blocks are added together. */
const BLOCK = 256;
/** Half of the sums of three taps. */
const HALF: f32 = 0.5;

/** g, (g + h + k) / 2, (g - h + k) / 2, k along one side, at `to` and then every `step` bytes. */
function spreadThree(g: v128, h: v128, k: v128, to: usize, step: usize): void {
  const outer = f32x4.add(g, k);
  v128.store(to, g);
  v128.store(to + step, f32x4.mul(f32x4.add(outer, h), f32x4.splat(HALF)));
  v128.store(to + 2 * step, f32x4.mul(f32x4.sub(outer, h), f32x4.splat(HALF)));
  v128.store(to + 3 * step, k);
}

/**
 * Panel of filters [3, 3, I, O] of 8 columns, transformed: [panel, 16, steps, 8]. Turned: columns are of I, steps of O, and taps are
 * met from the other side. Parameters: weights, panels, I, O, turned.
 */
export function packWinograd(panel: i32, p: usize): void {
  const inner = at(p, 2);
  const outer = at(p, 3);
  const turned = at(p, 4) !== 0;
  const steps = turned ? outer : inner;
  const columnBytes: usize = turned ? (<usize>outer) << 2 : 4;
  const stepBytes: usize = turned ? 4 : (<usize>outer) << 2;
  const tapBytes = (<usize>(inner * outer)) << 2;
  const first = <usize>at(p, 0) + ((<usize>panel) << 3) * columnBytes;
  const productBytes = ((<usize>steps) << 5) + GAP;
  const to = <usize>at(p, 1) + ((<usize>panel) << 4) * productBytes;
  for (let step: usize = 0; step < <usize>steps; step++)
    for (let half: usize = 0; half < 8; half += 4) {
      const from = first + step * stepBytes + half * columnBytes;
      // Down the columns of taps into the scratch, then across.
      for (let column: usize = 0; column < 3; column++) {
        const a = from + (turned ? 8 - column : column) * tapBytes;
        const b = from + (turned ? 5 - column : 3 + column) * tapBytes;
        const c = from + (turned ? 2 - column : 6 + column) * tapBytes;
        if (turned)
          spreadThree(
            gather(a, columnBytes),
            gather(b, columnBytes),
            gather(c, columnBytes),
            scratch + (column << 4),
            48,
          );
        else spreadThree(v128.load(a), v128.load(b), v128.load(c), scratch + (column << 4), 48);
      }
      for (let row: usize = 0; row < 4; row++) {
        const at3 = scratch + 48 * row;
        const into = to + (row << 2) * productBytes + (step << 5) + (half << 2);
        spreadThree(v128.load(at3), v128.load(at3, 16), v128.load(at3, 32), into, productBytes);
      }
    }
}

/** Four floats so many bytes apart. */
function gather(from: usize, apart: usize): v128 {
  let found = v128.load32_zero(from);
  found = v128.load_lane<f32>(from + apart, found, 1);
  found = v128.load_lane<f32>(from + 2 * apart, found, 2);
  return v128.load_lane<f32>(from + 3 * apart, found, 3);
}

/**
 * Some tiles and columns of y. Parameters: 0 x, 1 filters transformed, 2 y, 3 tiles, 4 tiles down, 5 tiles across, 6 H, 7 W, 8 I,
 * 9 O, 10 padding above, 11 padding at the left, 12 zeros, 13 height and 14 width of y, 15 tiles a task (whole fours), 16 panels a
 * task, 17 tasks along the columns, 18 what follows (finish.ts), 19 mean, 20 gain, 21 beta, 22 residual, 23 1 where y is added to.
 */
export function winograd(task: i32, p: usize): void {
  const tasksAcross = at(p, 17);
  const size = at(p, 15);
  const firstTile = (task / tasksAcross) * size;
  const tiles = min(size, at(p, 3) - firstTile);
  const groups = (tiles + 3) >> 2;
  const firstPanel = (task % tasksAcross) * at(p, 16);
  const outer = at(p, 9);
  const endPanel = min(outer >> 3, firstPanel + at(p, 16));
  const channels = at(p, 8);
  const rowBytes = (<usize>channels) << 2;
  // Addresses under one tile, then the products of one panel [16, tiles, 8], then pixels transformed [16, tiles, I].
  const sums = scratch + 128;
  const sumBytes = (<usize>size) << 5;
  const pixels = sums + (sumBytes << 4);
  const pixelBytes = <usize>size * rowBytes + GAP;
  const productBytes = (rowBytes << 3) + GAP;
  for (let tile = 0; tile < groups << 2; tile++) {
    addressPixels(p, firstTile + min(tile, tiles - 1), scratch);
    transformPixels(scratch, 0, rowBytes, pixels + <usize>tile * rowBytes, pixelBytes);
  }
  for (let panel = firstPanel; panel < endPanel; panel++) {
    let right = <usize>at(p, 1) + ((<usize>panel) << 4) * productBytes;
    for (let product: usize = 0; product < 16; product++) {
      for (let group: usize = 0; group < <usize>groups; group++) {
        const left = pixels + product * pixelBytes + (group << 2) * rowBytes;
        const out = sums + product * sumBytes + (group << 7);
        for (let first = 0; first < channels; first += BLOCK) {
          const skip = <usize>first;
          multiplyRows(
            left + (skip << 2),
            rowBytes,
            min(BLOCK, channels - first),
            right + (skip << 5),
            out,
            32,
            first > 0,
          );
        }
      }
      right += productBytes;
    }
    for (let tile = 0; tile < tiles; tile++)
      for (let half: usize = 0; half < 32; half += 16)
        collect(p, firstTile + tile, sums + ((<usize>tile) << 5) + half, sumBytes, ((<usize>panel) << 5) + half);
  }
  if (at(p, 18) !== 0) for (let tile = 0; tile < tiles; tile++) finishTile(p, firstTile + tile, firstPanel, endPanel);
}

/** A' m A of four columns of a tile, into its places of y. */
function collect(p: usize, tile: i32, m: usize, apart: usize, column: usize): void {
  const across = at(p, 5);
  const down = at(p, 4);
  const height = at(p, 13);
  const width = at(p, 14);
  const placeBytes = (<usize>at(p, 9)) << 2;
  const row = ((tile / across) % down) << 1;
  const left = (tile % across) << 1;
  const y = <usize>at(p, 2) + <usize>(((tile / across / down) * height + row) * width + left) * placeBytes + column;
  const right = left + 1 < width;
  const more = at(p, 23) !== 0;
  for (let i = 0; i < 2; i++) {
    if (row + i >= height) return;
    const m0 = along(m, apart, i);
    const m1 = along(m + apart, apart, i);
    const m2 = along(m + 2 * apart, apart, i);
    const m3 = along(m + 3 * apart, apart, i);
    const to = y + <usize>(i * width) * placeBytes;
    put(to, f32x4.add(f32x4.add(m0, m1), m2), more);
    if (right) put(to + placeBytes, f32x4.sub(f32x4.sub(m1, m2), m3), more);
  }
}

/** Down a column: m0 + m1 + m2, or m1 - m2 - m3. */
function along(m: usize, apart: usize, i: i32): v128 {
  const m1 = v128.load(m + 4 * apart);
  const m2 = v128.load(m + 8 * apart);
  return i === 0 ? f32x4.add(f32x4.add(v128.load(m), m1), m2) : f32x4.sub(f32x4.sub(m1, m2), v128.load(m + 12 * apart));
}

function put(to: usize, value: v128, more: bool): void {
  v128.store(to, more ? f32x4.add(v128.load(to), value) : value);
}

function finishTile(p: usize, tile: i32, firstPanel: i32, endPanel: i32): void {
  const across = at(p, 5);
  const down = at(p, 4);
  const height = at(p, 13);
  const width = at(p, 14);
  const y = <usize>at(p, 2);
  const top = ((tile / across) % down) << 1;
  const left = (tile % across) << 1;
  const skip = (<usize>firstPanel) << 5;
  for (let row = top; row < min(top + 2, height); row++)
    for (let column = left; column < min(left + 2, width); column++) {
      const place = ((tile / across / down) * height + row) * width + column;
      const to = y + ((<usize>place * <usize>at(p, 9)) << 2) + skip;
      finishRow(to, to, skip, (endPanel - firstPanel) << 3, at(p, 18), y, p + 76);
    }
}
