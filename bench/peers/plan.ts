import type { Precision } from '../../src/core/config';
import { openGraphics } from '../../src/engine/graphics';
import { createPlanExecutor } from '../../src/engine/plan/executor';
import { peakFlops } from '../../src/engine/plan/tune/peak';
import { type Fusions, HARDWARE, SOFTWARE } from '../../src/engine/plan/tune/tuning';
import { keepsHalf } from '../../src/engine/precision';
import type { Opener } from '../work';
import { onExecutor } from './executor';
import { augmentOnGpu } from './graphics';

/** The recorded plan, on the thread's one device. */
export async function openPlan(fuse: Fusions, precision: Precision = 'full'): Promise<Opener> {
  const graphics = await openGraphics();
  const { device, software, lost } = graphics;
  const choices = software ? undefined : new Map();
  const steps = onExecutor(
    createPlanExecutor(device, { ...(software ? SOFTWARE : HARDWARE), fuse }, { lost, choices }),
    { precision, peak: () => peakFlops(device) },
  );
  const plain = Object.values(fuse).every((on) => on) && precision === 'full';
  const keeps = precision === 'full' || keepsHalf(device);
  return (task) => {
    // Nothing of these two is fused or not, or of half precision: the plan does them once.
    if (task.row === 'augment') return plain ? { open: () => augmentOnGpu(graphics, task) } : null;
    if (task.row === 'search') return null;
    return keeps ? steps(task) : null;
  };
}
