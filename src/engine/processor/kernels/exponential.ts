import { madd, splat } from './vector';

// Exponentials and logarithms without tables: nothing in the memory is the kernels' own.

/** e^x: x = k log 2 + r, and 2^k times the series of e^r up to r^7, which leaves 1e-8. */
export function exponential(given: v128): v128 {
  const x = f32x4.min(f32x4.max(given, splat(-87.3)), splat(88.8));
  const k = f32x4.nearest(f32x4.mul(x, splat(<f32>Math.LOG2E)));
  const r = madd(k, splat(2.1219444e-4), madd(k, splat(-0.693359375), x));
  let sum = madd(r, splat(1.98412698e-4), splat(1.38888889e-3));
  sum = madd(sum, r, splat(8.33333333e-3));
  sum = madd(sum, r, splat(4.16666667e-2));
  sum = madd(sum, r, splat(0.166666667));
  sum = madd(sum, r, splat(0.5));
  sum = madd(sum, r, splat(1));
  sum = madd(sum, r, splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(sum, power), f32x4.lt(given, splat(-87.3)));
}

/** The same of one number in double precision. */
export function exponentialOf(x: f64): f64 {
  if (x < -700) return 0;
  const k = nearest(x * Math.LOG2E);
  const r = x - k * Math.LN2;
  let sum: f64 = 1;
  for (let n: f64 = 16; n >= 1; n--) sum = 1 + (sum * r) / n;
  return sum * reinterpret<f64>((<i64>k + 1023) << 52);
}

/** log(1 + x), x >= 0: twice the series of the inverse hyperbolic tangent, after the powers of two are taken out. */
export function logarithmOf1And(x: f64): f64 {
  let k: f64 = 0;
  let s = x / (2 + x);
  if (x > 0.5) {
    const bits = reinterpret<i64>(1 + x);
    k = <f64>((bits >> 52) - 1023);
    let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
    if (m > Math.SQRT2) {
      m *= 0.5;
      k += 1;
    }
    s = (m - 1) / (m + 1);
  }
  let sum: f64 = 0;
  for (let n: f64 = 25; n >= 1; n -= 2) sum = 1 / n + sum * s * s;
  return k * Math.LN2 + 2 * s * sum;
}
