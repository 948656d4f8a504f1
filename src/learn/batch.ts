import type { RunConfig } from '../core/config';
import { Draws } from '../core/random';
import { batchRows } from '../core/sampler';
import { augmentBatch, viewsToBytes } from './augment/views';
import type { Method, StepDraw } from './methods/method';
import type { PixelSource } from './source';

/** Everything random about step `step` (from 0). Pure in the seed and the step: drawn again, it is the same. */
export async function drawBatch(
  { seed, batch, side, augmentation }: RunConfig,
  { shown }: Pick<Method, 'shown'>,
  source: PixelSource,
  step: number,
): Promise<StepDraw> {
  const rows = batchRows(seed, source.count, batch, step);
  const pixels = await source.read(rows);
  const view = (which: 0 | 1) =>
    augmentBatch(pixels, source.side, rows, { seed, purpose: 'view', step, view: which }, side, augmentation);
  const order = new Draws({ seed, purpose: 'shuffle', step }).permutation(batch);
  if (!shown) return { step, rows, query: view(0), key: view(1), order };
  const clean = view(0);
  return { step, rows, query: shown(clean, rows, step), key: clean, order };
}

/** The views of one step as RGBA bytes, [N, S, S, 4]. */
export interface StepViews {
  step: number;
  side: number;
  rows: number[];
  query: Uint8ClampedArray;
  key: Uint8ClampedArray;
}

export async function stepViews(
  config: RunConfig,
  method: Pick<Method, 'shown'>,
  source: PixelSource,
  step: number,
): Promise<StepViews> {
  const { rows, query, key } = await drawBatch(config, method, source, step);
  return { step, side: config.side, rows: [...rows], query: viewsToBytes(query), key: viewsToBytes(key) };
}
