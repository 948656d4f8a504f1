import { integer } from './table';

/** The row's flips and quarter turns: the place before them of what is seen at `to` (x, y). */
export const placement = (side: number): string => `
fn placeBefore(to: vec2i, row: i32) -> vec2i {
  var place = to;
  for (var k = 0; k < ${integer('turns')}; k++) { place = vec2i(${side - 1} - place.y, place.x); }
  if (${integer('flip')} == 1) { place.x = ${side - 1} - place.x; }
  if (${integer('verticalFlip')} == 1) { place.y = ${side - 1} - place.y; }
  return place;
}`;

/**
 * The crop of this size whose first pixel is `corner`, shrunk by `scale`, at one place (x, y). Triangle filter, widened when shrinking so
 * that nothing aliases: PIL's and torchvision's antialiased bilinear resize. Both directions at once: views are a little
 * smaller than what is stored, and two or three taps a direction cost less than a pass between them.
 */
export const resampling = (storedSide: number): string => `
/** Three bytes that need not begin a word. Where they lie in one word, both shifts turn the same word. */
fn storedPixel(pixel: i32) -> vec3f {
  let byte = u32(pixel) * 3u;
  let shift = 8u * (byte & 3u);
  let bytes = (load_pixels(i32(byte >> 2u)) >> shift) | (load_pixels(i32((byte + 2u) >> 2u)) << ((32u - shift) & 31u));
  return unpack4x8unorm(bytes).rgb;
}

fn resized(place: vec2i, corner: i32, size: vec2i, scale: vec2f) -> vec3f {
  let support = max(vec2f(1.0), scale);
  let inverse = 1.0 / support;
  let centre = (vec2f(place) + 0.5) * scale;
  let first = max(vec2i(0), vec2i(floor(centre - support + 0.5)));
  let end = min(size, vec2i(floor(centre + support + 0.5)));
  var sum = vec4f(0.0);
  for (var j = first.y; j < end.y; j++) {
    let down = max(0.0, 1.0 - abs((f32(j) + 0.5 - centre.y) * inverse.y));
    let line = corner + j * ${storedSide};
    for (var i = first.x; i < end.x; i++) {
      let weight = down * max(0.0, 1.0 - abs((f32(i) + 0.5 - centre.x) * inverse.x));
      sum += weight * vec4f(storedPixel(line + i), 1.0);
    }
  }
  return sum.rgb / sum.a;
}`;
