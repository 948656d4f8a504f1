import { Slot } from '../../compiled/slot';
import type { MadeViews } from '../../views';
import { float } from '../kernels/expression';
import type { Dispatch } from '../lower/command';
import { COLOUR } from './colour';
import { placement, resampling } from './geometry';
import { NOISE } from './noise';
import { at, integer, ROW, reachOf, real, stepNumber } from './table';

/** Pixels between the first views of all pictures and the second ones: a binding begins at a multiple of 256 bytes. */
const gapOf = ({ pictures, side }: MadeViews): number => -(pictures * side * side) & 63;

const viewsOf = ({ inputs }: MadeViews): number => 1 + Math.max(0, ...Object.values(inputs));

/**
 * Memory of the kernels. With N pictures of V views, s a view's side:
 * pixels: bytes [N, stored side, stored side, 3]; table: [V N, ROW]; views: [V, N, s, s, 3] with a gap between, `each` of
 * them a slot of its own that begins `offset` bytes in; lumas: sums of each row's luma before the contrast, [V N, s];
 * blurred: views after the blur across, where there is one.
 */
export function slotsOf(views: MadeViews) {
  const { pictures, storedSide, side, sigma } = views;
  const slot = (label: string, count: number, home: 'kept' | 'pool' = 'kept') => new Slot(label, count, { home });
  const [count, values] = [viewsOf(views), 3 * pictures * side * side];
  const apart = values + 3 * gapOf(views);
  const all = values + (count - 1) * apart;
  return {
    pixels: slot('pixels', Math.ceil((pictures * storedSide * storedSide * 3) / 4)),
    table: slot('table', count * pictures * ROW),
    lumas: slot('lumas', count * pictures * side, 'pool'),
    views: slot('views', all),
    each: Array.from({ length: count }, (_, i) => ({ slot: slot(`view ${i}`, values), offset: 4 * i * apart })),
    blurred: slot('blurred', sigma > 0 ? all : 0, 'pool'),
  };
}

/**
 * A thread a row of a view: `y` in view `view`, whose choices begin at `row` and whose first pixel is `start`. Choices are
 * read before the pixels, not with each: in software a read costs as much as a dozen operations.
 */
const rowOf = (views: MadeViews): string => `
  let y = t % ${views.side};
  let view = t / ${views.side};
  let row = view * ${ROW};
  let start = view * ${views.side ** 2} + view / ${views.pictures} * ${gapOf(views)};`;

const JITTER = `
  let word = ${at('step0')};
  let steps = vec4u(load_table(word), load_table(word + 1), load_table(word + 2), load_table(word + 3));
  let amounts = bitcast<vec4f>(vec4u(load_table(word + 4), load_table(word + 5), load_table(word + 6), load_table(word + 7)));`;

const access = (name: string): string => `
fn ${name}At(pixel: i32) -> vec3f { return vec3f(load_${name}(3 * pixel), load_${name}(3 * pixel + 1), load_${name}(3 * pixel + 2)); }
fn ${name}Set(pixel: i32, colour: vec3f) {
  store_${name}(3 * pixel, colour.r);
  store_${name}(3 * pixel + 1, colour.g);
  store_${name}(3 * pixel + 2, colour.b);
}`;

/** Crop, flips, turns and colour up to the contrast; then the rest of the colour; then the blur where there is one. */
export function augmentKernels(made: MadeViews, slots: ReturnType<typeof slotsOf>): readonly Dispatch[] {
  const { pictures, storedSide, side, sigma, noise, mean, deviation } = made;
  const { pixels, table, lumas, views, blurred } = slots;
  const threads = viewsOf(made) * pictures * side;
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
    body: `${rowOf(made)}${JITTER}
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
      store_lumas(t, total);`,
  };

  const coloured: Dispatch = {
    type: 'dispatch',
    label: 'augment: colour',
    reads: { table: [table, 'u32'], lumas: [lumas, 'f32'] },
    writes: { views: [views, 'f32'], ...(reach > 0 ? { blurred: [blurred, 'f32'] as const } : {}) },
    threads,
    functions: `${COLOUR}${grain}${access('views')}${reach > 0 ? access('blurred') : ''}`,
    body: `${rowOf(made)}${JITTER}
      var contrast = 0;
      while (stepAt(steps, contrast) != 0u && stepAt(steps, contrast) != ${stepNumber('contrast')}u) { contrast++; }
      let hasContrast = stepAt(steps, contrast) != 0u;
      let grey = ${integer('greyAfter')} == 1;
      ${reach > 0 ? `let isBlurred = ${integer('reach')} > 0;` : ''}
      var total = 0.0;
      if (hasContrast) { for (var i = 0; i < ${side}; i++) { total += load_lumas(view * ${side} + i); } }
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
    body: `${rowOf(made)}${weighed('blurred', 'y', side, reach, finished)}`,
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
