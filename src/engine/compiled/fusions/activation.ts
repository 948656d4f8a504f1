import type { Tensor } from '../../../graph/tensor';
import { asFused, fusedNode } from './fused';
import type { Fusion } from './rewrite';

const KINDS = { batchNorm: 'activate', frozenNorm: 'activateFrozen' } as const;
/** Inputs without a residual. */
const PLAIN = { activate: 4, activateFrozen: 5 } as const;

const fusedNorm = (node: Tensor) => asFused(node, 'activate') ?? asFused(node, 'activateFrozen');

/** A norm that nothing was added to yet and no activation was put behind. */
function bare(node: Tensor) {
  const norm = fusedNorm(node);
  return norm && !norm.attributes.activation && norm.inputs.length === PLAIN[norm.kind] ? norm : null;
}

/** A norm as the kind that a residual and an activation may join. */
export const plainNorm: Fusion = ({ node }) =>
  node.kind === 'batchNorm' || node.kind === 'frozenNorm'
    ? fusedNode(KINDS[node.kind], { ...node.attributes, activation: null }, node.inputs, node.shape)
    : null;

/** Batch norm, then a residual added to it, then ReLU or ReLU6: one step at a time, each where the value before is nobody else's. */
export const fuseActivation: Fusion = (candidate) => {
  const { node, alone } = candidate;
  if (node.kind === 'add') {
    const [left, right] = node.inputs;
    if (`${left.shape}` !== `${right.shape}`) return null;
    for (const [i, norm, residual] of [
      [0, bare(left), right],
      [1, bare(right), left],
    ] as const)
      if (norm && alone(i)) return fusedNode(norm.kind, norm.attributes, [...norm.inputs, residual], node.shape);
  }
  if ((node.kind === 'relu' || node.kind === 'relu6') && alone(0)) {
    const norm = fusedNorm(node.inputs[0]);
    if (norm && !norm.attributes.activation)
      return fusedNode(norm.kind, { ...norm.attributes, activation: node.kind }, norm.inputs, node.shape);
  }
  return plainNorm(candidate);
};
