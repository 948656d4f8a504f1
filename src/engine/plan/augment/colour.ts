import { stepNumber } from './table';

// Changes of colour of one pixel, RGB in 0..1, clamped after every change as torchvision clamps.

/**
 * - luma: ITU-R 601, PIL's "L";
 * - jittered: the changes `steps` by their amounts, from number `*step` on. It stops before the contrast, which needs the mean luma of the
 *   picture that the changes before it have made.
 */
export const COLOUR = `
fn luma(colour: vec3f) -> f32 { return dot(colour, vec3f(0.299, 0.587, 0.114)); }

fn blend(colour: vec3f, factor: f32, base: f32) -> vec3f {
  return clamp(factor * colour + (1.0 - factor) * base, vec3f(0.0), vec3f(1.0));
}

fn turnHue(colour: vec3f, turn: f32) -> vec3f {
  let value = max(max(colour.r, colour.g), colour.b);
  let chroma = value - min(min(colour.r, colour.g), colour.b);
  if (chroma == 0.0) { return colour; }
  var sector = 4.0 + (colour.r - colour.g) / chroma;
  if (value == colour.r) { sector = (colour.g - colour.b) / chroma; }
  else if (value == colour.g) { sector = 2.0 + (colour.b - colour.r) / chroma; }
  // Smith 1978: red, green and blue are one ramp at hues 5, 3 and 1 sixths apart.
  let k = (vec3f(5.0, 3.0, 1.0) + 6.0 * fract(sector / 6.0 + turn)) % 6.0;
  let ramp = max(vec3f(0.0), min(min(k, 4.0 - k), vec3f(1.0)));
  return clamp(value - chroma * ramp, vec3f(0.0), vec3f(1.0));
}

fn stepAt(steps: vec4u, step: i32) -> u32 { return select(0u, steps[min(step, 3)], step < 4); }

fn jittered(start: vec3f, steps: vec4u, amounts: vec4f, step: ptr<function, i32>) -> vec3f {
  var colour = start;
  loop {
    let kind = stepAt(steps, *step);
    if (kind == 0u || kind == ${stepNumber('contrast')}u) { break; }
    let amount = amounts[*step];
    if (kind == ${stepNumber('brightness')}u) { colour = blend(colour, amount, 0.0); }
    else if (kind == ${stepNumber('saturation')}u) { colour = blend(colour, amount, luma(colour)); }
    else { colour = turnHue(colour, amount); }
    *step += 1;
  }
  return colour;
}`;
