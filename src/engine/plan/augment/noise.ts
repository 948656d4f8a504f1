import { at, real } from './table';

/**
 * The noise of a view, drawn on from where the row's generator stands: the draws of src/core/random.ts, number by number.
 * Logarithm and cosine are our own: WGSL lets a device's cosine be wrong by 5e-4.
 */
export const NOISE = `
fn mixed(start: vec4u) -> vec4u {
  var v = start;
  v.x += v.y * v.w;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v.w += v.y * v.z;
  return v;
}

/** pcg4d of Jarzynski & Olano 2020. */
fn hashed(key: vec4u) -> vec4u {
  let v = mixed(key * 1664525u + 1013904223u);
  return mixed(v ^ (v >> vec4u(16u)));
}

/** A multiple of 2^-24 in [0, 1). */
fn uniformOf(word: u32) -> f32 { return f32(word >> 8u) / 16777216.0; }

/** Natural logarithm for x in [2^-24, 1]: twice the area tangent of (m - 1) / (m + 1), m within a root of 2 around 1. */
fn logarithm(x: f32) -> f32 {
  let bits = bitcast<u32>(x);
  let exponent = i32((bits + 0x004afb0du) >> 23u) - 127;
  let m = bitcast<f32>(bits - (u32(exponent) << 23u));
  let s = (m - 1.0) / (m + 1.0);
  let q = s * s;
  return 2.0 * s * (1.0 + q * (0.33333333 + q * (0.2 + q * (0.14285714 + q * 0.11111111)))) + 0.69314718 * f32(exponent);
}

/** Cosine of \`turn\` whole circles, turn in [0, 1): Taylor series within an eighth of a circle, other eighths by symmetry. */
fn cosineOf(turn: f32) -> f32 {
  let quarter = i32(4.0 * turn + 0.5);
  let x = (turn - f32(quarter) / 4.0) * 6.2831853;
  let q = x * x;
  let cosine = 1.0 - q * (0.5 - q * (0.041666667 - q * (0.0013888889 - q * 2.4801587e-5)));
  let sine = x * (1.0 - q * (0.16666667 - q * (0.0083333333 - q * (1.9841270e-4 - q * 2.7557319e-6))));
  let folded = select(cosine, sine, (quarter & 1) == 1);
  return select(folded, -folded, ((quarter + 1) & 2) == 2);
}

/** Standard normal from draws i and i + 1 (Box & Muller 1958). */
fn normal(key: vec4u, i: u32) -> f32 {
  let first = hashed(key | vec4u(0u, 0u, 0u, i >> 2u));
  var second = first;
  if ((i & 3u) == 3u) { second = hashed(key | vec4u(0u, 0u, 0u, (i + 1u) >> 2u)); }
  let radius = sqrt(-2.0 * logarithm(1.0 - uniformOf(first[i & 3u])));
  return radius * cosineOf(uniformOf(second[(i + 1u) & 3u]));
}

fn noisy(colour: vec3f, row: i32, pixel: i32) -> vec3f {
  let deviation = ${real('noise')};
  if (deviation == 0.0) { return colour; }
  let word = ${at('key0')};
  let key = vec4u(load_table(word), load_table(word + 1), load_table(word + 2), load_table(word + 3));
  let i = load_table(${at('draw')}) + 6u * u32(pixel);
  let drawn = vec3f(normal(key, i), normal(key, i + 2u), normal(key, i + 4u));
  return clamp(colour + deviation * drawn, vec3f(0.0), vec3f(1.0));
}`;
