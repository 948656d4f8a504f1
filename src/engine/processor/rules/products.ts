import type { Padding, Shape, Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../compiled/rule';
import type { Slot } from '../../compiled/slot';
import type { Parameter } from '../lower/command';
import type { Lowering, Rule, Target } from '../lower/lowering';
import { isTransformed, transformed, transformedGradient } from './winograd';

// Convolutions as products: kernels/convolution.ts, kernels/filter_gradient.ts and kernels/panels.ts.

/** Columns of a panel. */
const PANEL = 8;
/** Places of a task: with their steps packed they fit into a core's second cache, and into a thread's scratch. */
const PLACES = 48;
/** Tasks for each thread, if there are enough: nobody waits long for the last. */
const TASKS = 4;
/** Panels that make packing the places for a task worth it. */
const LEAST_PANELS = 4;
/** Places whose products are one sum, and channels of x that a task takes; kernels/filter_gradient.ts. */
const BLOCK = 256;
const CHANNELS = 32;

/** How the panels are shared out, where `others` tasks go along the other side: panels a task, tasks along the panels. */
export function shareOut(panels: number, others: number, threads: number): [number, number] {
  const wanted = threads > 1 ? Math.ceil((TASKS * threads) / others) : 1;
  // No thread is to wait for others, even if places are packed for few panels.
  const least = Math.min(panels, Math.ceil(threads / others));
  const tasks = Math.max(least, Math.min(wanted, Math.floor(panels / LEAST_PANELS)));
  const each = Math.ceil(panels / tasks);
  return [each, Math.ceil(panels / each)];
}

/** Tap of the filter, and where it lies from a place times the stride. */
interface Tap {
  tap: number;
  down: number;
  across: number;
}

/** What follows: flags of kernels/finish.ts, then addresses of vectors [O] and of a residual like y. */
export type Finish = readonly [flags: number, mean: Parameter, gain: Parameter, beta: Parameter, residual: Parameter];
const NOTHING: Finish = [0, 0, 0, 0, 0];

/** Pictures times weights. */
export interface Product {
  label: string;
  x: Slot;
  /** [N, H, W, C], and of the weights [h, w, I, O]. */
  xShape: Shape;
  weights: Slot;
  weightShape: Shape;
  y: Target;
  yShape: Shape;
  /** Takes the weights from O to I. */
  turned: boolean;
  finish: Finish;
}

interface ByTaps extends Product {
  /** Rows and columns of places of each picture. */
  places: readonly [number, number];
  /** Pixels of x from place to place. */
  stride: number;
  taps: readonly Tap[];
  /** Where in y the places lie: first row and column, and pixels from one to the next. */
  into: { row: number; column: number; stride: number };
}

/** The weights of some taps in panels of 8 columns, as products read them: once however many read them. */
function packed(to: Lowering, { weights, weightShape, turned, taps }: ByTaps): Slot {
  const list = taps.map(({ tap }) => tap);
  return to.once(weights, `${turned} ${list}`, () => {
    const [inner, outer] = weightShape.slice(2);
    const [columns, steps] = turned ? [inner, outer] : [outer, inner];
    const panels = Math.ceil(columns / PANEL);
    const slot = to.slot('packed weights', panels * PANEL * taps.length * steps);
    const parameters = [weights, slot, taps.length, list, inner, outer, Number(turned)];
    to.launch('packWeights', panels, parameters, 'packing of weights');
    return slot;
  });
}

/** y at each place is the sum over the taps of the pixels of x there times that tap's weights. */
function product(to: Lowering, given: ByTaps): void {
  const { label, x, xShape, weightShape, y, yShape, places, stride, taps, into, finish } = given;
  const [pictures, height, width, inner] = xShape;
  const outer = yShape[3];
  const [down, across] = places;
  const count = pictures * down * across;
  const bands = Math.ceil(count / PLACES);
  const [each, tasksAcross] = shareOut(Math.ceil(outer / PANEL), bands, to.threads);
  const shifts = taps.flatMap(({ down, across }) => [down, across]);
  const parameters = [
    ...[x, packed(to, given), y.slot, count, down, across, height, width, inner, outer, stride, taps.length, shifts],
    ...[to.zeros, yShape[1], yShape[2], into.stride, into.row, into.column, PLACES, each, tasksAcross],
    ...[...finish, Number(y.more)],
  ];
  const share = taps.length / (weightShape[0] * weightShape[1]);
  to.launch('convolve', bands * tasksAcross, parameters, label, to.flops * share);
}

interface Convolution {
  label: string;
  xShape: Shape;
  weightShape: Shape;
  yShape: Shape;
  stride: number;
  padding: Padding;
}

/** Taps of a window that fall on whole pixels. */
function tapsOf(
  [height, width]: Shape,
  shiftOf: (row: number, column: number) => [down: number, across: number],
): Tap[] {
  const taps = Array.from({ length: height * width }, (_, tap) => {
    const [down, across] = shiftOf(Math.floor(tap / width), tap % width);
    return { tap, down, across };
  });
  return taps.filter(({ down, across }) => Number.isInteger(down) && Number.isInteger(across));
}

export function convolved(to: Lowering, of: Convolution, x: Slot, weights: Slot, y: Target, finish = NOTHING): void {
  const { stride, padding, ...shapes } = of;
  const [, , inner, outer] = of.weightShape;
  const given = { ...shapes, x, weights, y, turned: false, finish };
  if (isTransformed(stride, of.weightShape, inner, outer)) {
    transformed(to, { ...given, padding: [padding[0], padding[2]] });
    return;
  }
  const taps = tapsOf(of.weightShape, (row, column) => [row - padding[0], column - padding[2]]);
  const places = [of.yShape[1], of.yShape[2]] as const;
  product(to, { ...given, places, stride, taps, into: { row: 0, column: 0, stride: 1 } });
}

/**
 * dx at row s a + r (r its remainder) is the sum of dy at row a + d times the weights' row r + p - s d, over all d for which there
 * is one; columns alike. So each remainder's pixels are a convolution of dy without stride.
 */
export function inputGradient(to: Lowering, of: Convolution, dy: Slot, weights: Slot, dx: Target): void {
  const { label, xShape, weightShape, yShape, stride, padding } = of;
  const [, , inner, outer] = weightShape;
  const [, height, width] = xShape;
  const shapes = { xShape: yShape, weightShape, yShape: xShape };
  const given = { label, ...shapes, x: dy, weights, y: dx, turned: true, finish: NOTHING };
  if (isTransformed(stride, weightShape, outer, inner)) {
    transformed(to, { ...given, padding: [2 - padding[0], 2 - padding[2]] });
    return;
  }
  for (let row = 0; row < Math.min(stride, height); row++)
    for (let column = 0; column < Math.min(stride, width); column++) {
      const taps = tapsOf(weightShape, (i, j) => [(row + padding[0] - i) / stride, (column + padding[2] - j) / stride]);
      if (taps.length === 0 && dx.more) continue;
      const places = [Math.ceil((height - row) / stride), Math.ceil((width - column) / stride)] as const;
      product(to, { ...given, places, stride: 1, taps, into: { row, column, stride } });
    }
}

export function filterGradient(to: Lowering, of: Convolution, x: Slot, dy: Slot, dw: Slot): void {
  const { label, xShape, weightShape, yShape, stride, padding } = of;
  const [, height, width, inner] = xShape;
  const [pictures, down, across, outer] = yShape;
  if (isTransformed(stride, weightShape, inner, outer)) {
    transformedGradient(to, { label, xShape, yShape, padding }, x, dy, dw);
    return;
  }
  const places = pictures * down * across;
  const blocks = Math.ceil(places / BLOCK);
  const panels = Math.ceil(outer / PANEL);
  const rows = to.slot('packed rows', blocks * panels * BLOCK * PANEL);
  to.launch('packRows', blocks, [dy, rows, places, outer, BLOCK], 'packing of rows');
  const taps = weightShape[0] * weightShape[1];
  const bands = taps * Math.ceil(inner / CHANNELS);
  const [each, tasksAcross] = shareOut(panels, bands, to.threads);
  const parameters = [
    ...[x, rows, dw, places, down, across, height, width, inner, outer, stride],
    ...[padding[0], padding[2], weightShape[1], BLOCK, each, tasksAcross],
  ];
  to.launch('filterGradient', bands * tasksAcross, parameters, `${label} dw`, to.flops);
}

const convolution = ({ attributes, inputs: [x, weights], shape }: NodeOf<'conv2d'>): Convolution => ({
  label: 'conv2d',
  xShape: x.shape,
  weightShape: weights.shape,
  yShape: shape,
  ...attributes,
});

export const conv2d: Rule<'conv2d'> = {
  value: (node, to) => {
    const [x, weights] = node.inputs.map((input) => to.of(input));
    convolved(to, convolution(node), x, weights, { slot: to.make(node as Tensor), more: false });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, weights] = node.inputs;
    const of = convolution(node);
    if (needs[1]) to.contribute(weights, pass, (dw) => filterGradient(to, of, to.of(x), dy, dw));
    if (needs[0]) inputGradient(to, { ...of, label: 'conv2d dx' }, dy, to.of(weights), to.into(x, pass));
  },
};
