import { createPlanExecutor } from '../../src/engine/plan/executor';
import { type Fusions, HARDWARE, SOFTWARE } from '../../src/engine/plan/tuning';
import { openDevice } from '../device';
import type { Opener } from '../work';
import { onExecutor } from './executor';

/** The recorded plan on a device of its own, which ends with its work. */
export async function openPlan(fuse: Fusions): Promise<Opener> {
  const { device, software } = await openDevice(navigator.gpu);
  const executor = createPlanExecutor(device, { ...(software ? SOFTWARE : HARDWARE), fuse });
  return onExecutor(executor, () => device.destroy());
}
