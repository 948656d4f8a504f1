import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { addressOf, kernelsOf } from './linked';

/** Columns of a panel; kernels/panels.ts. */
export const PANEL = 8;
/** Places of a task: with their steps packed they fit into a core's second cache, and into a thread's scratch. */
const PLACES = 48;
/** Tasks for each thread, if there are enough: nobody waits long for the last. */
const TASKS = 4;
/** Panels that make packing the places for a task worth it. */
const LEAST_PANELS = 4;

/** How the panels are shared out, where `others` tasks go along the other side: panels a task, tasks along the panels. */
export function shareOut(panels: number, others: number, threads: number): [number, number] {
  const wanted = threads > 1 ? Math.ceil((TASKS * threads) / others) : 1;
  const tasks = Math.max(1, Math.min(wanted, Math.floor(panels / LEAST_PANELS)));
  const each = Math.ceil(panels / tasks);
  return [each, Math.ceil(panels / each)];
}

/** Tap of the filter, and where it lies from a place times the stride. */
export interface Tap {
  tap: number;
  down: number;
  across: number;
}

/** Addresses of vectors [channels of y], of a residual like y, and what is to be done; flags of kernels/finish.ts. */
export interface Finish {
  flags: number;
  mean: number;
  gain: number;
  beta: number;
  residual: number;
}

export const NOTHING: Finish = { flags: 0, mean: 0, gain: 0, beta: 0, residual: 0 };

export interface Product {
  x: TensorInfo;
  weights: TensorInfo;
  y: TensorInfo;
  /** Takes the weights [taps, O, I] from O to I. */
  turned?: boolean;
  /** Rows and columns of places of each picture. */
  places: readonly [number, number];
  /** Pixels of x from place to place. */
  stride: number;
  taps: readonly Tap[];
  /** Where in y the places lie: first row and column, and pixels from one to the next. */
  into?: { row: number; column: number; stride: number };
  finish?: Finish;
}

/** y at each place is the sum over the taps of the pixels of x there times that tap's weights. */
export function product(
  wasm: BackendWasm,
  { x, weights, y, turned = false, places, stride, taps, into, finish = NOTHING }: Product,
): void {
  const kernels = kernelsOf(wasm);
  const [pictures, height, width, inner] = x.shape;
  const outer = y.shape[3];
  const panels = Math.ceil(outer / PANEL);
  const packed = wasm.makeOutput([panels, taps.length * inner, PANEL], 'float32');
  const list = kernels.list(
    0,
    taps.map(({ tap }) => tap),
  );
  const [rows, columns] = weights.shape.slice(2);
  const [atX, atWeights, atPacked, atY] = [x, weights, packed, y].map((tensor) => addressOf(wasm, tensor));
  kernels.run('packWeights', panels, [atWeights, atPacked, taps.length, list, rows, columns, Number(turned)]);
  const shifts = kernels.list(
    1,
    taps.flatMap(({ down, across }) => [down, across]),
  );
  const [down, across] = places;
  const count = pictures * down * across;
  const bands = Math.ceil(count / PLACES);
  const [each, tasksAcross] = shareOut(panels, bands, kernels.threads);
  const { row, column, stride: apart } = into ?? { row: 0, column: 0, stride: 1 };
  kernels.run('convolve', bands * tasksAcross, [
    ...[atX, atPacked, atY, count, down, across, height, width, inner, outer, stride, taps.length, shifts],
    ...[kernels.zeros, y.shape[1], y.shape[2], apart, row, column, PLACES, each, tasksAcross],
    ...[finish.flags, finish.mean, finish.gain, finish.beta, finish.residual, 0],
  ]);
  wasm.disposeData(packed.dataId);
}
