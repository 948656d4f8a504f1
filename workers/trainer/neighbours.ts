import type { DeviceReport } from '../../src/core/records';
import { searches } from '../../src/engine/device_search';
import type { Executor } from '../../src/engine/executor';
import { byLoop, type Neighbours } from '../../src/evaluate/neighbours/neighbours';
import { onDevice } from '../../src/evaluate/neighbours/on_device';

/**
 * Who finds nearest rows: the graphics card that trains, where there is one that searches; otherwise the loop, which is
 * also faster than a program that imitates a graphics card.
 */
export const neighboursBy = (executor: Executor, { software }: Pick<DeviceReport, 'software'>): Neighbours =>
  searches(executor) && !software ? onDevice((unit, dim) => executor.uploadRows(unit, dim)) : byLoop;
