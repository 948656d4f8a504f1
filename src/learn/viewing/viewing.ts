import type { Executable, Feeds } from '../../engine/executor';
import { viewsToBytes } from '../augment/views';
import type { StepDraw } from '../methods/method';
import type { OnKept } from './kept_maps';

/** A method's step, and how its views come into it: made on the host, or by the device that takes the step. */
export interface Viewing {
  readonly executable: Executable;
  /** What to do before the first step, once the variables are in the executor; `told` gets its progress. */
  prepare?(told: OnKept): Promise<void>;
  feeds(draw: StepDraw): Promise<Feeds>;
  /** The views that the step sees, [N, S, S, 3]: what the encoder is shown, and the other one or what is to be given back. */
  views(draw: StepDraw): Promise<{ query: Float32Array; key: Float32Array }>;
  dispose(): void;
}

/** The views of one step as RGBA bytes, [N, S, S, 4]. */
export interface StepViews {
  step: number;
  side: number;
  rows: number[];
  query: Uint8ClampedArray;
  key: Uint8ClampedArray;
}

/** A step's views as they are shown. */
export async function stepViews(viewing: Viewing, draw: StepDraw, side: number): Promise<StepViews> {
  const { query, key } = await viewing.views(draw);
  return { step: draw.step, side, rows: [...draw.rows], query: viewsToBytes(query), key: viewsToBytes(key) };
}
