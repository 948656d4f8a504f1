import { at, madd } from './vector';

/** What may follow a convolution or a norm, added up. */
export const NORM = 1;
export const RESIDUAL = 2;
export const RELU = 4;
export const RELU6 = 8;

function activate(y: v128, finish: i32): v128 {
  if (!(finish & (RELU | RELU6))) return y;
  const positive = f32x4.max(y, f32x4.splat(0));
  return finish & RELU6 ? f32x4.min(positive, f32x4.splat(6)) : positive;
}

/**
 * y = relu?((x - mean) gain + beta + residual) for `width` channels of one place, whose vectors start `skip` bytes in. x may
 * be y. List: mean, gain, beta, residual, which lies as y does from `base` on.
 */
export function finishRow(x: usize, y: usize, skip: usize, width: i32, finish: i32, base: usize, list: usize): void {
  const mean = <usize>at(list, 0) + skip;
  const gain = <usize>at(list, 1) + skip;
  const beta = <usize>at(list, 2) + skip;
  const residual = <usize>at(list, 3) + (y - base);
  const bytes = (<usize>width) << 2;
  const whole = bytes & ~15;
  let c: usize = 0;
  for (; c < whole; c += 16) {
    let value = v128.load(x + c);
    if (finish & NORM) value = madd(f32x4.sub(value, v128.load(mean + c)), v128.load(gain + c), v128.load(beta + c));
    if (finish & RESIDUAL) value = f32x4.add(value, v128.load(residual + c));
    v128.store(y + c, activate(value, finish));
  }
  for (; c < bytes; c += 4) {
    let value = v128.load32_zero(x + c);
    if (finish & NORM)
      value = madd(
        f32x4.sub(value, v128.load32_zero(mean + c)),
        v128.load32_zero(gain + c),
        v128.load32_zero(beta + c),
      );
    if (finish & RESIDUAL) value = f32x4.add(value, v128.load32_zero(residual + c));
    store<f32>(y + c, f32x4.extract_lane(activate(value, finish), 0));
  }
}
