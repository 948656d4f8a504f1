import type { Padding, Shape, Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../compiled/rule';
import type { Slot } from '../../compiled/slot';
import type { Parameter } from '../command';
import type { Lowering, Rule, Target } from '../lowering';
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

interface Product {
  label: string;
  x: Slot;
  /** [N, H, W, C], and of the weights [h, w, I, O]. */
  xShape: Shape;
  weights: Slot;
  weightShape: Shape;
  y: Target;
  yShape: Shape;
  /** Takes the weights from O to I. */
  turned?: boolean;
  /** Rows and columns of places of each picture. */
  places: readonly [number, number];
  /** Pixels of x from place to place. */
  stride: number;
  taps: readonly Tap[];
  /** Where in y the places lie: first row and column, and pixels from one to the next. */
  into?: { row: number; column: number; stride: number };
  finish?: Finish;
  /** Of the node's operations; all where it is not said. */
  share?: number;
}

/** The weights of some taps in panels of 8 columns, as products read them: once however many read them. */
function packed(to: Lowering, { weights, weightShape, turned = false, taps }: Product): Slot {
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
export function product(to: Lowering, given: Product): void {
  const { label, x, xShape, y, yShape, places, stride, taps, into, finish = NOTHING, share = 1 } = given;
  const [pictures, height, width, inner] = xShape;
  const outer = yShape[3];
  const [down, across] = places;
  const count = pictures * down * across;
  const bands = Math.ceil(count / PLACES);
  const [each, tasksAcross] = shareOut(Math.ceil(outer / PANEL), bands, to.threads);
  const { row, column, stride: apart } = into ?? { row: 0, column: 0, stride: 1 };
  const shifts = taps.flatMap(({ down, across }) => [down, across]);
  const parameters = [
    ...[x, packed(to, given), y.slot, count, down, across, height, width, inner, outer, stride, taps.length, shifts],
    ...[to.zeros, yShape[1], yShape[2], apart, row, column, PLACES, each, tasksAcross, ...finish, Number(y.more)],
  ];
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

type Operands = Record<'x' | 'weights', Slot>;

export function convolved(to: Lowering, of: Convolution, { x, weights }: Operands, y: Slot, finish?: Finish): void {
  const { label, xShape, weightShape, yShape, stride, padding } = of;
  const [height, width, inner, outer] = weightShape;
  if (isTransformed(stride, weightShape, inner, outer)) {
    const product = { label, x, xShape, weights, weightShape, y: { slot: y, more: false }, yShape, turned: false };
    transformed(to, { ...product, padding: [padding[0], padding[2]], finish: finish ?? NOTHING });
    return;
  }
  const taps = Array.from({ length: height * width }, (_, tap) => ({
    tap,
    down: Math.floor(tap / width) - padding[0],
    across: (tap % width) - padding[2],
  }));
  const places = [yShape[1], yShape[2]] as const;
  const shapes = { xShape, weightShape, yShape };
  product(to, { label, x, weights, ...shapes, y: { slot: y, more: false }, places, stride, taps, finish });
}

/**
 * dx at row s a + r (r its remainder) is the sum of dy at row a + d times the weights' row r + p - s d, over all d for which there
 * is one; columns alike. So each remainder's pixels are a convolution of dy without stride.
 */
function inputGradient(to: Lowering, of: Convolution, dy: Slot, weights: Slot, dx: Target): void {
  const { label, xShape, weightShape, yShape, stride, padding } = of;
  const [filterHeight, filterWidth, inner, outer] = weightShape;
  const [, height, width] = xShape;
  if (isTransformed(stride, weightShape, outer, inner)) {
    const product = {
      label: `${label} dx`,
      x: dy,
      xShape: yShape,
      weights,
      weightShape,
      y: dx,
      yShape: xShape,
      turned: true,
    };
    transformed(to, { ...product, padding: [2 - padding[0], 2 - padding[2]], finish: NOTHING });
    return;
  }
  for (let row = 0; row < Math.min(stride, height); row++)
    for (let column = 0; column < Math.min(stride, width); column++) {
      const taps = Array.from({ length: filterHeight * filterWidth }, (_, tap) => ({
        tap,
        down: (row + padding[0] - Math.floor(tap / filterWidth)) / stride,
        across: (column + padding[2] - (tap % filterWidth)) / stride,
      })).filter(({ down, across }) => Number.isInteger(down) && Number.isInteger(across));
      if (taps.length === 0 && dx.more) continue;
      const places = [Math.ceil((height - row) / stride), Math.ceil((width - column) / stride)] as const;
      product(to, {
        ...{ label: `${label} dx`, x: dy, xShape: yShape, weights, weightShape, y: dx, yShape: xShape, turned: true },
        ...{
          places,
          stride: 1,
          taps,
          into: { row, column, stride },
          share: taps.length / (filterHeight * filterWidth),
        },
      });
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
    convolved(to, convolution(node), { x, weights }, to.make(node as Tensor));
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, weights] = node.inputs;
    const of = convolution(node);
    if (needs[1]) to.contribute(weights, pass, (dw) => filterGradient(to, of, to.of(x), dy, dw));
    if (needs[0]) inputGradient(to, of, dy, to.of(weights), to.into(x, pass));
  },
};
