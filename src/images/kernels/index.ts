// Written in AssemblyScript: bin/vite/kernels.ts compiles it. The two inner loops of resizing: weighted sums of bytes with
// 14-bit weights, rounded and clamped to bytes, eight at a time.

const SHIFT = 14;
const HALF: i32 = 1 << (SHIFT - 1);

/**
 * For each of `rows` output rows: dst[0 .. 8 count) = sum over 2 * pairs rows, `stride` bytes apart, of weight x row,
 * from src + its entry in `offsets` on. Weights: pairs of i16.
 */
export function blendRows(
  src: usize,
  stride: usize,
  offsets: usize,
  weights: usize,
  pairs: i32,
  dst: usize,
  dstStride: usize,
  count: i32,
  rows: i32,
): void {
  for (let row = 0; row < rows; row++) {
    let from = src + load<u32>(offsets + 4 * row);
    let to = dst + dstStride * row;
    for (let n = 0; n < count; n++) {
      let low = i32x4.splat(HALF);
      let high = low;
      let p = from;
      let w = weights;
      for (let k = 0; k < pairs; k++) {
        const a = v128.load8x8_u(p);
        const b = v128.load8x8_u(p + stride);
        const pair = v128.load32_splat(w);
        const first = i8x16.shuffle(a, b, 0, 1, 16, 17, 2, 3, 18, 19, 4, 5, 20, 21, 6, 7, 22, 23);
        const second = i8x16.shuffle(a, b, 8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31);
        low = i32x4.add(low, i32x4.dot_i16x8_s(first, pair));
        high = i32x4.add(high, i32x4.dot_i16x8_s(second, pair));
        p += 2 * stride;
        w += 4;
      }
      const words = i16x8.narrow_i32x4_s(i32x4.shr_s(low, SHIFT), i32x4.shr_s(high, SHIFT));
      v128.store64_lane(to, i8x16.narrow_i16x8_u(words, words), 0);
      from += 8;
      to += 8;
    }
    weights += 4 * pairs;
  }
}

/** The sum of `groups` times eight bytes from `from` on with their weights, in four partial sums. */
function partialSums(from: usize, weights: usize, groups: i32): v128 {
  let sum = i32x4.splat(0);
  for (let k = 0; k < groups; k++)
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(v128.load8x8_u(from + 8 * k), v128.load(weights + 16 * k)));
  return sum;
}

/** Partial sums of two numbers added in pairs: first, second, first, second. */
function paired(a: v128, b: v128): v128 {
  return i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 2, 6), v128.shuffle<i32>(a, b, 1, 5, 3, 7));
}

/**
 * For each of `rows` rows, srcStride bytes apart: dst[x] = sum over 8 * groups bytes of the row from firsts[x] on, times
 * the x-th weights, for x in [0, 4 quads). Output rows are `columns` bytes apart, which may be less than 4 quads: what is
 * written past a row's end is written again by the next.
 */
export function blendColumns(
  src: usize,
  srcStride: usize,
  firsts: usize,
  weights: usize,
  groups: i32,
  dst: usize,
  quads: i32,
  columns: usize,
  rows: i32,
): void {
  const width: usize = 16 * groups;
  for (let row = 0; row < rows; row++) {
    let first = firsts;
    let w = weights;
    for (let quad = 0; quad < quads; quad++) {
      const a = partialSums(src + load<u32>(first), w, groups);
      const b = partialSums(src + load<u32>(first + 4), w + width, groups);
      const c = partialSums(src + load<u32>(first + 8), w + 2 * width, groups);
      const d = partialSums(src + load<u32>(first + 12), w + 3 * width, groups);
      const ab = paired(a, b);
      const cd = paired(c, d);
      const sums = i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
      const words = i32x4.shr_s(i32x4.add(sums, i32x4.splat(HALF)), SHIFT);
      const shorts = i16x8.narrow_i32x4_s(words, words);
      v128.store32_lane(dst + 4 * quad, i8x16.narrow_i16x8_u(shorts, shorts), 0);
      first += 16;
      w += 4 * width;
    }
    src += srcStride;
    dst += columns;
  }
}

/** Copies one channel of `count` pixels of `channels` bytes to bytes of their own. */
export function separate(channels: i32, channel: i32, src: usize, dst: usize, count: i32): void {
  let from = src + channel;
  for (let i = 0; i < count; i++) {
    store<u8>(dst + i, load<u8>(from));
    from += channels;
  }
}
