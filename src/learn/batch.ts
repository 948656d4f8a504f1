import type { RunConfig } from '../core/config';
import { Draws } from '../core/random';
import { batchRows } from '../core/sampler';
import { augmentBatch, viewsToBytes } from './augment/views';
import type { PixelSource } from './source';

/** The pictures of a step and their two views. */
export interface Batch {
  step: number;
  /** [N]. */
  rows: Int32Array;
  /** Normalised views, [N, S, S, 3]. */
  query: Float32Array;
  key: Float32Array;
  /** The shuffle over batch-norm groups, a permutation of 0 .. N - 1. */
  order: Int32Array;
}

/** Everything random about step `step` (from 0). Pure in the seed and the step: drawn again, it is the same. */
export async function drawBatch(config: RunConfig, source: PixelSource, step: number): Promise<Batch> {
  const { seed, batch, side, augmentation } = config;
  const rows = batchRows(seed, source.count, batch, step);
  const pixels = await source.read(rows);
  const view = (which: 0 | 1) =>
    augmentBatch(pixels, source.side, rows, { seed, purpose: 'view', step, view: which }, side, augmentation);
  const order = new Draws({ seed, purpose: 'shuffle', step }).permutation(batch);
  return { step, rows, query: view(0), key: view(1), order };
}

/** The views of one step as RGBA bytes, [N, S, S, 4]. */
export interface StepViews {
  step: number;
  side: number;
  rows: number[];
  query: Uint8ClampedArray;
  key: Uint8ClampedArray;
}

export async function stepViews(config: RunConfig, source: PixelSource, step: number): Promise<StepViews> {
  const { rows, query, key } = await drawBatch(config, source, step);
  return { step, side: config.side, rows: [...rows], query: viewsToBytes(query), key: viewsToBytes(key) };
}
