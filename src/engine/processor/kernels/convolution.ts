import { finishRow } from './finish';
import { multiplyColumns } from './tile';
import { at, scratch } from './vector';

// A convolution as a product, of which the left matrix [places, taps I] only ever exists in pieces: the addresses of the
// pixels under each tap, then some steps for some places, packed. The gradient for the input is one as well, of dy, for each
// remainder of the stride.

/** Steps whose products are one sum; the sums of these blocks are added together. One chain over all would lose digits. */
const BLOCK = 256;

/**
 * Some places and columns of y. Parameters: 0 x, 1 weights in panels, 2 y, 3 places, 4 places down, 5 places across, 6 H, 7 W,
 * 8 I, 9 O, 10 pixels of x from place to place, 11 taps, 12 their shifts (down, across), 13 zeros [I], 14 height of y,
 * 15 width of y, 16 pixels of y from place to place, 17 first row and 18 first column of y, 19 places a task, 20 panels a
 * task, 21 tasks along the columns, 22 what follows (finish.ts), 23 mean, 24 gain, 25 beta, 26 residual,
 * 27 1 where y is added to.
 */
export function convolve(task: i32, p: usize): void {
  const tasksAcross = at(p, 21);
  const size = at(p, 19);
  const firstPlace = (task / tasksAcross) * size;
  const places = min(size, at(p, 3) - firstPlace);
  const outer = at(p, 9);
  const firstPanel = (task % tasksAcross) * at(p, 20);
  const endPanel = min((outer + 7) >> 3, firstPanel + at(p, 20));
  const channels = at(p, 8);
  const taps = at(p, 11);
  const steps = taps * channels;
  const tiles = (places + 3) >> 2;
  const stride = (<usize>outer) << 2;
  const together = at(p, 16) === 1;
  const added = at(p, 27) !== 0;
  if (added && steps === 0) return;

  // One tile's sums for the edges, rows of y, addresses under the taps, pixels packed.
  const spare = scratch;
  const outs = scratch + 128;
  const pointers = outs + ((<usize>tiles) << 4);
  const packed = pointers + ((<usize>tiles * taps) << 4);
  address(p, firstPlace, places, outs, pointers);

  // Without taps there is one block of no steps: zeros.
  for (let first = 0; first === 0 || first < steps; first += BLOCK) {
    const length = min(BLOCK, steps - first);
    const more = added || first > 0;
    for (let tile = 0; tile < tiles; tile++)
      pack(pointers + ((<usize>tile * taps) << 4), channels, first, length, packed + ((<usize>(tile * BLOCK)) << 4));
    for (let panel = firstPanel; panel < endPanel; panel++) {
      const right = <usize>at(p, 1) + ((<usize>(panel * steps + first)) << 5);
      const column = (<usize>panel) << 5;
      const width = min(8, outer - (panel << 3));
      for (let tile = 0; tile < tiles; tile++) {
        const left = packed + ((<usize>(tile * BLOCK)) << 4);
        const out = outs + ((<usize>tile) << 4);
        const height = min(4, places - (tile << 2));
        if (height === 4 && width === 8 && together) {
          multiplyColumns(left, 16, length, right, 32, load<usize>(out) + column, stride, more);
          continue;
        }
        multiplyColumns(left, 16, length, right, 32, spare, 32, false);
        for (let r = 0; r < height; r++) {
          const to = load<usize>(out + (r << 2)) + column;
          const from = spare + (r << 5);
          for (let c: usize = 0; c < (<usize>width) << 2; c += 4)
            store<f32>(to + c, more ? load<f32>(to + c) + load<f32>(from + c) : load<f32>(from + c));
        }
      }
    }
  }
  const finish = at(p, 22);
  if (finish === 0) return;
  const skip = (<usize>firstPanel) << 5;
  const width = min(outer, endPanel << 3) - (firstPanel << 3);
  for (let place = 0; place < places; place++) {
    const row = load<usize>(outs + (place << 2)) + skip;
    finishRow(row, row, skip, width, finish, <usize>at(p, 2), p + 92);
  }
}

/** Addresses of the rows of y, and of the pixels of x under each tap for each tile of 4 places. */
function address(p: usize, firstPlace: i32, places: i32, outs: usize, pointers: usize): void {
  const x = <usize>at(p, 0);
  const y = <usize>at(p, 2);
  const down = at(p, 4);
  const across = at(p, 5);
  const height = at(p, 6);
  const width = at(p, 7);
  const pixelBytes = (<usize>at(p, 8)) << 2;
  const placeBytes = (<usize>at(p, 9)) << 2;
  const stride = at(p, 10);
  const taps = at(p, 11);
  const shifts = <usize>at(p, 12);
  const zeros = <usize>at(p, 13);
  const yHeight = at(p, 14);
  const yWidth = at(p, 15);
  const yStride = at(p, 16);
  let column = firstPlace % across;
  let row = (firstPlace / across) % down;
  let picture = firstPlace / across / down;
  const rounded = (places + 3) & ~3;
  for (let place = 0; place < rounded; place++) {
    const inside = place < places;
    const yRow = picture * yHeight + row * yStride + at(p, 17);
    store<usize>(outs + ((<usize>place) << 2), y + <usize>(yRow * yWidth + column * yStride + at(p, 18)) * placeBytes);
    const first = pointers + ((<usize>(place >> 2) * taps) << 4) + ((<usize>(place & 3)) << 2);
    const top = row * stride;
    const left = column * stride;
    for (let tap = 0; tap < taps; tap++) {
      const i = top + load<i32>(shifts + (tap << 3));
      const j = left + load<i32>(shifts + (tap << 3), 4);
      const hit = inside && <u32>i < <u32>height && <u32>j < <u32>width;
      const pixel = <usize>((picture * height + i) * width + j);
      store<usize>(first + ((<usize>tap) << 4), hit ? x + pixel * pixelBytes : zeros);
    }
    column++;
    if (column === across) {
      column = 0;
      row++;
      if (row === down) {
        row = 0;
        picture++;
      }
    }
  }
}

/** Steps from `first` on for four places, their pixels under each tap at `pointers`, as [length, 4]. */
function pack(pointers: usize, channels: i32, first: i32, length: i32, to: usize): void {
  let tap = first / channels;
  let channel = first % channels;
  while (length > 0) {
    const count = min(length, channels - channel);
    const list = pointers + ((<usize>tap) << 4);
    const skip = (<usize>channel) << 2;
    let a = load<usize>(list) + skip;
    let b = load<usize>(list, 4) + skip;
    let c = load<usize>(list, 8) + skip;
    let d = load<usize>(list, 12) + skip;
    let i = 0;
    for (; i + 4 <= count; i += 4) {
      const ra = v128.load(a);
      const rb = v128.load(b);
      const rc = v128.load(c);
      const rd = v128.load(d);
      const ab = v128.shuffle<f32>(ra, rb, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(rc, rd, 0, 4, 1, 5);
      const ef = v128.shuffle<f32>(ra, rb, 2, 6, 3, 7);
      const gh = v128.shuffle<f32>(rc, rd, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2));
      v128.store(to, v128.shuffle<f64>(ab, cd, 1, 3), 16);
      v128.store(to, v128.shuffle<f64>(ef, gh, 0, 2), 32);
      v128.store(to, v128.shuffle<f64>(ef, gh, 1, 3), 48);
      a += 16;
      b += 16;
      c += 16;
      d += 16;
      to += 64;
    }
    for (; i < count; i++) {
      store<f32>(to, load<f32>(a));
      store<f32>(to, load<f32>(b), 4);
      store<f32>(to, load<f32>(c), 8);
      store<f32>(to, load<f32>(d), 12);
      a += 4;
      b += 4;
      c += 4;
      d += 4;
      to += 16;
    }
    length -= count;
    channel = 0;
    tap++;
  }
}
