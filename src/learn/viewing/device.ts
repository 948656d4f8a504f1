import type { RunConfig } from '../../core/config';
import type { Executable, Executor, Feeds } from '../../engine/executor';
import { CHOICES, type MadeViews, PIXELS } from '../../engine/views';
import { input } from '../../graph/ops/leaves';
import { drawTable } from '../augment/table';
import { MEAN, STD } from '../augment/views';
import type { Method, StepDraw, ViewedMethod } from '../methods/method';
import type { PixelSource } from '../source';
import { viewCount, viewKeys } from './draws';
import type { Viewing } from './viewing';

/** What the device makes the views of a method's step from. */
export const madeViews = (
  { views }: Pick<Method, 'views'>,
  { batch, side, augmentation: { blur, noise } }: Pick<RunConfig, 'batch' | 'side' | 'augmentation'>,
  storedSide: number,
): MadeViews => ({
  inputs: views,
  pictures: batch,
  storedSide,
  side,
  sigma: blur.probability > 0 ? blur.sigma[1] : 0,
  noise: noise > 0,
  mean: MEAN,
  deviation: STD,
});

/** Pictures and choices go to the device, which makes the views where the step reads them. */
export async function openDeviceViewing(
  executor: Executor,
  method: ViewedMethod,
  config: RunConfig,
  source: PixelSource,
): Promise<Viewing> {
  const { seed, batch, side, augmentation } = config;
  const views = madeViews(method, config, source.side);
  const executable = await executor.compile(method.program, views);
  const feeds = async ({ step, rows }: StepDraw): Promise<Feeds> => ({
    [PIXELS]: await source.read(rows),
    [CHOICES]: drawTable(source.side, rows, viewKeys(method, seed, step), side, augmentation),
  });
  const shown = ([0, 1] as const).slice(0, viewCount(method)).map((view) => [`view ${view}`, view] as const);
  const compileViews = () => {
    const outputs = Object.fromEntries(shown.map(([name]) => [name, input(name, [batch, side, side, 3])]));
    const inputs = Object.fromEntries(shown);
    return executor.compile({ name: 'views', outputs, updates: {} }, { ...views, inputs });
  };
  let compiledViews: Promise<Executable> | null = null;
  return {
    executable,
    feeds,
    async views(draw) {
      compiledViews ??= compileViews();
      const made = await (await compiledViews).run(await feeds(draw));
      const [first, second = first] = shown.map(([name]) => made[name]);
      return { query: first, key: second };
    },
    dispose() {
      executable.dispose();
      compiledViews?.then((compiled) => compiled.dispose());
    },
  };
}
