import { at, real } from './table';

/**
 * The noise of a view, drawn on from where the row's generator stands: the draws of src/core/random.ts, number by number, but for
 * a cosine that WGSL lets a device have wrong by 5e-4.
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

/** Standard normal from draws i and i + 1 (Box & Muller 1958). */
fn normal(key: vec4u, i: u32) -> f32 {
  let first = hashed(key | vec4u(0u, 0u, 0u, i >> 2u));
  var second = first;
  if ((i & 3u) == 3u) { second = hashed(key | vec4u(0u, 0u, 0u, (i + 1u) >> 2u)); }
  let radius = sqrt(max(0.0, -2.0 * log(1.0 - uniformOf(first[i & 3u]))));
  return radius * cos(6.2831853 * uniformOf(second[(i + 1u) & 3u]));
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
