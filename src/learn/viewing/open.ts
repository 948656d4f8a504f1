import type { RunConfig } from '../../core/config';
import type { Executor } from '../../engine/executor';
import { makesViews } from '../../engine/views';
import type { ViewedMethod } from '../methods/method';
import type { PixelSource } from '../source';
import { openDeviceViewing } from './device';
import { openHostViewing } from './host';
import type { Viewing } from './viewing';

/** Views are made where the step is taken, if that can be done. */
export const openViewing = (
  executor: Executor,
  method: ViewedMethod,
  config: RunConfig,
  source: PixelSource,
): Promise<Viewing> =>
  // What corrupts a view is at home on the host alone, and a device makes both views of the same pictures.
  makesViews(executor) && !method.corruption && config.neighbours === 0
    ? openDeviceViewing(executor, method, config, source)
    : openHostViewing(executor, method, config, source);
