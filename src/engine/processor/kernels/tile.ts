import { madd } from './vector';

// The inner loops of all convolutions: 4 x 8 sums in registers, as many as a processor of 16 has room for beside operands.
// `b` is a panel: 8 columns for one step after another. Where `more`, what stands in `out` is added to the sums.

function put(out: usize, sum: v128, more: bool): void {
  v128.store(out, more ? f32x4.add(v128.load(out), sum) : sum);
}

/**
 * out[r][0 .. 7] (+)= sum over steps of a[step][r] b[step][0 .. 7]: steps of a `apart` bytes from each other, those of b `next`, rows of
 * out `stride`.
 */
export function multiplyColumns(
  a: usize,
  apart: usize,
  steps: i32,
  b: usize,
  next: usize,
  out: usize,
  stride: usize,
  more: bool,
): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  for (; steps > 0; steps--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    s00 = madd(a0, b0, s00);
    s01 = madd(a0, b1, s01);
    const a1 = v128.load32_splat(a, 4);
    s10 = madd(a1, b0, s10);
    s11 = madd(a1, b1, s11);
    const a2 = v128.load32_splat(a, 8);
    s20 = madd(a2, b0, s20);
    s21 = madd(a2, b1, s21);
    const a3 = v128.load32_splat(a, 12);
    s30 = madd(a3, b0, s30);
    s31 = madd(a3, b1, s31);
    a += apart;
    b += next;
  }
  put(out, s00, more);
  put(out + 16, s01, more);
  put(out + stride, s10, more);
  put(out + stride + 16, s11, more);
  put(out + 2 * stride, s20, more);
  put(out + 2 * stride + 16, s21, more);
  put(out + 3 * stride, s30, more);
  put(out + 3 * stride + 16, s31, more);
}

/** The same of rows of a `apart` bytes from each other, steps of b behind one another: sums of a[r][step] b[step][0 .. 7]. */
export function multiplyRows(
  a: usize,
  apart: usize,
  steps: i32,
  b: usize,
  out: usize,
  stride: usize,
  more: bool,
): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  let second = a + apart;
  let third = second + apart;
  let fourth = third + apart;
  const end = a + ((<usize>steps) << 2);
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a);
    s00 = madd(a0, b0, s00);
    s01 = madd(a0, b1, s01);
    const a1 = v128.load32_splat(second);
    s10 = madd(a1, b0, s10);
    s11 = madd(a1, b1, s11);
    const a2 = v128.load32_splat(third);
    s20 = madd(a2, b0, s20);
    s21 = madd(a2, b1, s21);
    const a3 = v128.load32_splat(fourth);
    s30 = madd(a3, b0, s30);
    s31 = madd(a3, b1, s31);
    a += 4;
    second += 4;
    third += 4;
    fourth += 4;
    b += 32;
  }
  put(out, s00, more);
  put(out + 16, s01, more);
  put(out + stride, s10, more);
  put(out + stride + 16, s11, more);
  put(out + 2 * stride, s20, more);
  put(out + 2 * stride + 16, s21, more);
  put(out + 3 * stride, s30, more);
  put(out + 3 * stride + 16, s31, more);
}
