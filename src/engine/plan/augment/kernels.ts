import type { Dispatch } from '../command';
import { float } from '../lowering';
import { Slot } from '../slot';
import { COLOUR } from './colour';
import { placement, resampling } from './geometry';
import { NOISE } from './noise';
import { at, integer, ROW, reachOf, real, stepNumber } from './table';

/** What the kernels are made for. */
export interface AugmentShape {
  /** Pictures a batch; two views of each are made. */
  readonly pictures: number;
  /** Pixels of a stored square's side, and of a view's. */
  readonly storedSide: number;
  readonly side: number;
  /** The largest sigma of the blur, in pixels of the view; 0 where no view is blurred, which spares a dispatch. */
  readonly sigma: number;
  /** Whether views get noise. */
  readonly noise: boolean;
  /** Views are (x - mean) / deviation of pixels in 0..1. */
  readonly mean: number;
  readonly deviation: number;
}

/**
 * Memory of the kernels. With N pictures, s a view's side:
 * pixels: bytes [N, stored side, stored side, 3]; table: [2N, ROW]; views: [2N, s, s, 3], first views before second ones;
 * lumas: sums of each row's luma before the contrast, [2N, s]; blurred: views after the blur across, where there is one.
 */
export function slotsOf({ pictures, storedSide, side, sigma }: AugmentShape) {
  const kept = (label: string, count: number) => new Slot(label, count, 'float32', 'kept');
  const values = 2 * pictures * side * side * 3;
  return {
    pixels: kept('pixels', Math.ceil((pictures * storedSide * storedSide * 3) / 4)),
    table: kept('table', 2 * pictures * ROW),
    lumas: kept('lumas', 2 * pictures * side),
    views: kept('views', values),
    blurred: kept('blurred', sigma > 0 ? values : 0),
  };
}

/**
 * A thread a row of a view: `y` in view `view`, whose choices begin at `row` and whose first pixel is `start`. Choices are
 * read before the pixels, not with each: in software a read costs as much as a dozen operations.
 */
const rowOf = (side: number): string => `
  let y = t % ${side};
  let view = t / ${side};
  let row = view * ${ROW};
  let start = view * ${side * side};`;

const JITTER = `
  let word = ${at('step0')};
  let steps = vec4u(table[word], table[word + 1], table[word + 2], table[word + 3]);
  let amounts = bitcast<vec4f>(vec4u(table[word + 4], table[word + 5], table[word + 6], table[word + 7]));`;

const access = (name: string): string => `
fn ${name}At(pixel: i32) -> vec3f { return vec3f(${name}[3 * pixel], ${name}[3 * pixel + 1], ${name}[3 * pixel + 2]); }
fn ${name}Set(pixel: i32, colour: vec3f) {
  ${name}[3 * pixel] = colour.r;
  ${name}[3 * pixel + 1] = colour.g;
  ${name}[3 * pixel + 2] = colour.b;
}`;

/** Crop, flips, turns and colour up to the contrast; then the rest of the colour; then the blur where there is one. */
export function augmentKernels(shape: AugmentShape, slots: ReturnType<typeof slotsOf>): readonly Dispatch[] {
  const { pictures, storedSide, side, sigma, noise, mean, deviation } = shape;
  const { pixels, table, lumas, views, blurred } = slots;
  const threads = 2 * pictures * side;
  const reach = reachOf(sigma, side);
  const grained = (colour: string) => (noise ? `noisy(${colour}, row, y * ${side} + x)` : colour);
  const finished = (colour: string) =>
    `viewsSet(start + y * ${side} + x, (${grained(colour)} - ${float(mean)}) / ${float(deviation)});`;
  const grain = noise ? NOISE : '';

  const cropped: Dispatch = {
    type: 'dispatch',
    label: 'augment: crop',
    reads: { pixels: [pixels, 'u32'], table: [table, 'u32'] },
    writes: { views: [views, 'f32'], lumas: [lumas, 'f32'] },
    threads,
    functions: `${COLOUR}${placement(side)}${resampling(storedSide)}${access('views')}`,
    body: `${rowOf(side)}${JITTER}
      let picture = view % ${pictures} * ${storedSide * storedSide};
      let corner = picture + ${integer('top')} * ${storedSide} + ${integer('left')};
      let size = vec2i(${integer('width')}, ${integer('height')});
      let scale = vec2f(size) / ${float(side)};
      let place = placeBefore(vec2i(0, y), row);
      let along = placeBefore(vec2i(1, y), row) - place;
      let grey = ${integer('greyBefore')} == 1;
      var total = 0.0;
      for (var x = 0; x < ${side}; x++) {
        var colour = resized(place + x * along, corner, size, scale);
        if (grey) { colour = vec3f(luma(colour)); }
        var step = 0;
        colour = jittered(colour, steps, amounts, &step);
        total += luma(colour);
        viewsSet(start + y * ${side} + x, colour);
      }
      lumas[t] = total;`,
  };

  const coloured: Dispatch = {
    type: 'dispatch',
    label: 'augment: colour',
    reads: { table: [table, 'u32'], lumas: [lumas, 'f32'] },
    writes: { views: [views, 'f32'], ...(reach > 0 ? { blurred: [blurred, 'f32'] as const } : {}) },
    threads,
    functions: `${COLOUR}${grain}${access('views')}${reach > 0 ? access('blurred') : ''}`,
    body: `${rowOf(side)}${JITTER}
      var contrast = 0;
      while (stepAt(steps, contrast) != 0u && stepAt(steps, contrast) != ${stepNumber('contrast')}u) { contrast++; }
      let hasContrast = stepAt(steps, contrast) != 0u;
      let grey = ${integer('greyAfter')} == 1;
      ${reach > 0 ? `let isBlurred = ${integer('reach')} > 0;` : ''}
      var total = 0.0;
      if (hasContrast) { for (var i = 0; i < ${side}; i++) { total += lumas[view * ${side} + i]; } }
      let middle = total / ${float(side * side)};
      for (var x = 0; x < ${side}; x++) {
        var colour = viewsAt(start + y * ${side} + x);
        if (hasContrast) {
          colour = blend(colour, amounts[contrast], middle);
          var step = contrast + 1;
          colour = jittered(colour, steps, amounts, &step);
        }
        if (grey) { colour = vec3f(luma(colour)); }
        ${reach > 0 ? `if (isBlurred) { viewsSet(start + y * ${side} + x, colour); continue; }` : ''}
        ${finished('colour')}
      }
      ${reach > 0 ? weighed('views', 'x', side, reach, (colour) => `blurredSet(start + y * ${side} + x, ${colour});`) : ''}`,
  };
  if (reach === 0) return [cropped, coloured];

  const blurredDown: Dispatch = {
    type: 'dispatch',
    label: 'augment: blur',
    reads: { table: [table, 'u32'] },
    writes: { views: [views, 'f32'], blurred: [blurred, 'f32'] },
    threads,
    functions: `${grain}${access('views')}${access('blurred')}`,
    body: `${rowOf(side)}${weighed('blurred', 'y', side, reach, finished)}`,
  };
  return [cropped, coloured, blurredDown];
}

/** A row's Gaussian blur along one axis: out to three sigma, cut and renormalised at the borders. None for reach 0. */
function weighed(from: string, axis: 'x' | 'y', side: number, most: number, store: (colour: string) => string): string {
  const neighbour = axis === 'x' ? `y * ${side} + x + k` : `(y + k) * ${side} + x`;
  return `
      let reach = min(${integer('reach')}, ${most});
      if (reach == 0) { return; }
      let sigma = ${real('sigma')};
      var weights: array<f32, ${most + 1}>;
      for (var k = 0; k <= reach; k++) {
        let far = f32(k) / sigma;
        weights[k] = exp(-0.5 * far * far);
      }
      for (var x = 0; x < ${side}; x++) {
        var sum = vec4f(0.0);
        for (var k = max(-reach, -${axis}); k <= min(reach, ${side - 1} - ${axis}); k++) {
          sum += weights[abs(k)] * vec4f(${from}At(start + ${neighbour}), 1.0);
        }
        ${store('sum.rgb / sum.a')}
      }`;
}
