import { openGraphics } from '../../src/engine/graphics';
import { createPlanExecutor } from '../../src/engine/plan/executor';
import { type Fusions, HARDWARE, SOFTWARE } from '../../src/engine/plan/tuning';
import type { Opener } from '../work';
import { onExecutor } from './executor';

/** The recorded plan, on the thread's one device. */
export async function openPlan(fuse: Fusions): Promise<Opener> {
  const { device, software, lost } = await openGraphics();
  return onExecutor(createPlanExecutor(device, { ...(software ? SOFTWARE : HARDWARE), fuse }, lost));
}
