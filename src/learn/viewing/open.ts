import type { RunConfig } from '../../core/config';
import type { Executor } from '../../engine/executor';
import { augmentBatch } from '../augment/views';
import type { StepDraw, ViewedMethod } from '../methods/method';
import type { PixelSource } from '../source';
import { openDeviceViewing } from './device';
import { viewKeys } from './draws';
import type { Viewing } from './viewing';

/** Views made by plain loops, and fed. */
async function openHostViewing(
  executor: Executor,
  method: ViewedMethod,
  { seed, side, augmentation }: RunConfig,
  source: PixelSource,
): Promise<Viewing> {
  const executable = await executor.compile(method.program);
  const { views, corruption } = method;
  const made = async ({ step, rows, others }: StepDraw): Promise<Float32Array[]> => {
    const pixels = await source.read(rows);
    const otherPixels = others === rows ? pixels : await source.read(others);
    return viewKeys(method, seed, step).map((key) =>
      key.view === 0
        ? augmentBatch(pixels, source.side, rows, key, side, augmentation)
        : augmentBatch(otherPixels, source.side, others, key, side, augmentation),
    );
  };
  return {
    executable,
    async feeds(draw) {
      const drawn = await made(draw);
      const fed = Object.fromEntries(Object.entries(views).map(([input, view]) => [input, drawn[view]]));
      if (corruption) fed[corruption.input] = corruption.corrupt(fed[corruption.input], draw.rows, draw.step);
      return fed;
    },
    async views(draw) {
      const [first, second = first] = await made(draw);
      return { query: corruption ? corruption.corrupt(first, draw.rows, draw.step) : first, key: second };
    },
    dispose: () => executable.dispose(),
  };
}

/** Views are made where the step is taken, if that can be done. */
export const openViewing = (
  executor: Executor,
  method: ViewedMethod,
  config: RunConfig,
  source: PixelSource,
): Promise<Viewing> =>
  // What corrupts a view is at home on the host alone, and a device makes both views of the same pictures.
  executor.makesViews && !method.corruption && config.neighbours === 0
    ? openDeviceViewing(executor, method, config, source)
    : openHostViewing(executor, method, config, source);
