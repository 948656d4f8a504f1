import { finishRow } from './finish';
import { at, madd, read, scratch, splat, write } from './vector';

// Depthwise convolutions: every channel by itself, so vectors of channels. The gradient for the input is the same with taps
// that are met from the other side.

/** Bytes of 16 channels, which are summed up together. */
const WIDE: usize = 64;

/**
 * One row of y. Parameters: 0 x, 1 weights [taps, C], 2 y, 3 H, 4 W, 5 rows of y, 6 columns of y, 7 C, 8 stride, 9 padding
 * above, 10 padding at the left, 11 height and 12 width of the window, 13 backward, 14 what follows (finish.ts), 15 mean,
 * 16 gain, 17 beta, 18 residual, 19 1 where y is added to.
 */
export function depthwise(task: i32, p: usize): void {
  const down = at(p, 5);
  const across = at(p, 6);
  const bytes = (<usize>at(p, 7)) << 2;
  const picture = task / down;
  const row = task % down;
  const finish = at(p, 14);
  const more = at(p, 19) !== 0;
  let y = <usize>at(p, 2) + <usize>(task * across) * bytes;
  for (let column = 0; column < across; column++) {
    const taps = meet(p, picture, row, column, scratch);
    let c: usize = 0;
    for (; c + WIDE <= bytes; c += WIDE) {
      let s0 = start(y + c, more, true);
      let s1 = start(y + c + 16, more, true);
      let s2 = start(y + c + 32, more, true);
      let s3 = start(y + c + 48, more, true);
      for (let tap = scratch; tap < taps; tap += 8) {
        const x = load<usize>(tap) + c;
        const w = load<usize>(tap, 4) + c;
        s0 = madd(v128.load(x), v128.load(w), s0);
        s1 = madd(v128.load(x, 16), v128.load(w, 16), s1);
        s2 = madd(v128.load(x, 32), v128.load(w, 32), s2);
        s3 = madd(v128.load(x, 48), v128.load(w, 48), s3);
      }
      v128.store(y + c, s0);
      v128.store(y + c, s1, 16);
      v128.store(y + c, s2, 32);
      v128.store(y + c, s3, 48);
    }
    for (; c < bytes; c += bytes - c >= 16 ? 16 : 4) {
      const four = bytes - c >= 16;
      let sum = start(y + c, more, four);
      for (let tap = scratch; tap < taps; tap += 8)
        sum = madd(read(load<usize>(tap) + c, four), read(load<usize>(tap, 4) + c, four), sum);
      write(y + c, sum, four);
    }
    if (finish) finishRow(y, y, 0, at(p, 7), finish, <usize>at(p, 2), p + 60);
    y += bytes;
  }
}

function start(y: usize, more: bool, four: bool): v128 {
  return more ? read(y, four) : splat(0);
}

/** Leaves at `list` the addresses of pixels and weights that meet at a place; gives the list's end. */
function meet(p: usize, picture: i32, row: i32, column: i32, list: usize): usize {
  const height = at(p, 3);
  const width = at(p, 4);
  const bytes = (<usize>at(p, 7)) << 2;
  const stride = at(p, 8);
  const backward = at(p, 13) !== 0;
  for (let down = 0; down < at(p, 11); down++) {
    let i = backward ? row + at(p, 9) - down : row * stride - at(p, 9) + down;
    if (backward) {
      if (i % stride !== 0) continue;
      i /= stride;
    }
    if (<u32>i >= <u32>height) continue;
    for (let right = 0; right < at(p, 12); right++) {
      let j = backward ? column + at(p, 10) - right : column * stride - at(p, 10) + right;
      if (backward) {
        if (j % stride !== 0) continue;
        j /= stride;
      }
      if (<u32>j >= <u32>width) continue;
      store<usize>(list, <usize>at(p, 0) + <usize>((picture * height + i) * width + j) * bytes);
      store<usize>(list, <usize>at(p, 1) + <usize>(down * at(p, 12) + right) * bytes, 4);
      list += 8;
    }
  }
  return list;
}

/**
 * dw of one tap for up to 16 channels; each row of places is one sum. Parameters: 0 x, 1 dy, 2 dw [taps, C], 3 H, 4 W, 5 rows
 * and 6 columns of dy, 7 C, 8 stride, 9 padding above, 10 padding at the left, 11 width of the window, 12 pictures.
 */
export function depthwiseFilterGradient(task: i32, p: usize): void {
  const bytes = (<usize>at(p, 7)) << 2;
  const groups = <i32>((bytes + WIDE - 1) / WIDE);
  const tap = task / groups;
  let c = <usize>(task % groups) * WIDE;
  const end = min(bytes, c + WIDE);
  const dw = <usize>at(p, 2) + <usize>tap * bytes;
  for (; c < end; c += end - c >= 16 ? 16 : 4) sumTap(p, tap, c, dw + c, end - c >= 16);
}

/** Of four channels, or of one. */
function sumTap(p: usize, tap: i32, c: usize, dw: usize, four: bool): void {
  const height = at(p, 3);
  const width = at(p, 4);
  const down = at(p, 5);
  const across = at(p, 6);
  const bytes = (<usize>at(p, 7)) << 2;
  const stride = at(p, 8);
  const tapRow = tap / at(p, 11) - at(p, 9);
  const tapColumn = (tap % at(p, 11)) - at(p, 10);
  const step = <usize>stride * bytes;
  // Columns whose pixel lies within the picture.
  const first = max(0, (stride - 1 - tapColumn) / stride);
  const last = min(across - 1, width - 1 < tapColumn ? -1 : (width - 1 - tapColumn) / stride);
  let total = splat(0);
  for (let row = 0; row < at(p, 12) * down; row++) {
    const i = (row % down) * stride + tapRow;
    if (<u32>i >= <u32>height || first > last) continue;
    const start = ((row / down) * height + i) * width + first * stride + tapColumn;
    let x = <usize>at(p, 0) + <usize>start * bytes + c;
    let dy = <usize>at(p, 1) + <usize>(row * across + first) * bytes + c;
    let sum = splat(0);
    for (let column = first; column <= last; column++) {
      sum = madd(read(x, four), read(dy, four), sum);
      x += step;
      dy += bytes;
    }
    total = f32x4.add(total, sum);
  }
  write(dw, total, four);
}
