import { schedule } from '../src/engine/schedule';
import type { Program } from '../src/graph/program';
import { elements, type Tensor } from '../src/graph/tensor';

/**
 * Operations of one run's convolutions and matrix products, two a multiply-add, whoever runs it; all else is small beside
 * them. A derivative with respect to one operand costs what the value costs.
 */
export function programFlops(program: Program): number {
  let sum = 0;
  for (const step of schedule(program)) {
    if (step.type === 'forward') sum += productFlops(step.node);
    else if (step.type === 'backward') sum += productFlops(step.node) * step.needs.filter(Boolean).length;
  }
  return sum;
}

function productFlops({ kind, inputs, shape }: Tensor): number {
  if (kind === 'depthwiseConv2d') return 2 * elements(shape) * inputs[1].shape[0] * inputs[1].shape[1];
  if (kind !== 'conv2d' && kind !== 'matMul') return 0;
  // Each output is a sum over the other dimensions of the right operand: [h, w, I] of a filter, [I] of a matrix.
  const summed = elements(inputs[1].shape) / shape[shape.length - 1];
  return 2 * elements(shape) * summed;
}
