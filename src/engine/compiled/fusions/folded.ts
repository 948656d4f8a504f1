import { type Program, programRoots, topological } from '../../../graph/program';
import type { Tensor } from '../../../graph/tensor';
import { asFused, fusedNode } from './fused';
import type { Fusion } from './rewrite';

/** What may have a gradient: all that depends on something which a gradient is asked for. */
export function learning(program: Program): ReadonlySet<Tensor> {
  const order = topological(programRoots(program));
  const found = new Set(
    order.flatMap((node) => (node.kind === 'gradient' ? [node.inputs[1 + node.attributes.index]] : [])),
  );
  for (const node of order) if (node.inputs.some((input) => found.has(input))) found.add(node);
  return found;
}

/** A norm by fixed statistics in the convolution before it, where that is nobody else's and nothing of both is learned. */
export function foldedFusion(program: Program): Fusion {
  const learned = learning(program);
  return ({ node, original, alone }) => {
    const norm = asFused(node, 'activateFrozen')?.attributes;
    const [convolution, ...rest] = node.inputs;
    if (!norm || !alone(0) || learned.has(original)) return null;
    if (convolution.kind !== 'conv2d' && convolution.kind !== 'depthwiseConv2d') return null;
    const attributes = { convolution: convolution.kind, ...convolution.attributes, ...norm };
    return fusedNode('convolveFrozen', attributes, [...convolution.inputs, ...rest], node.shape);
  };
}
