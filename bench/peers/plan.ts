import { openGraphics } from '../../src/engine/graphics';
import { createPlanExecutor } from '../../src/engine/plan/executor';
import { ALL_FUSIONS, type Fusions, HARDWARE, SOFTWARE } from '../../src/engine/plan/tuning';
import type { Opener } from '../work';
import { onExecutor } from './executor';
import { augmentOnGpu, searchOnGpu } from './graphics';

/** The recorded plan, on the thread's one device. */
export async function openPlan(fuse: Fusions): Promise<Opener> {
  const graphics = await openGraphics();
  const { device, software, lost } = graphics;
  const choices = software ? undefined : new Map();
  const steps = onExecutor(
    createPlanExecutor(device, { ...(software ? SOFTWARE : HARDWARE), fuse }, { lost, choices }),
  );
  return (task) => {
    // Nothing of these two is fused or not: the plan does them once.
    if (task.row === 'augment') return fuse === ALL_FUSIONS ? { open: () => augmentOnGpu(graphics, task) } : null;
    if (task.row === 'search') return fuse === ALL_FUSIONS ? { open: () => searchOnGpu(graphics, task) } : null;
    return steps(task);
  };
}
