import { flopsOf } from '../src/engine/definition';
import { schedule } from '../src/engine/schedule';
import type { Program } from '../src/graph/program';

/** Operations of one run's convolutions and matrix products, two a multiply-add, whoever runs it; all else is small beside them. */
export function programFlops(program: Program): number {
  let sum = 0;
  for (const step of schedule(program)) {
    if (step.type === 'forward') sum += flopsOf(step.node);
    else if (step.type === 'backward') sum += flopsOf(step.node) * step.needs.filter(Boolean).length;
  }
  return sum;
}
