import { asFused, fusedNode } from './fused';
import type { Fusion } from './rewrite';

/** x w + b, then ReLU, where the value before is nobody else's. */
export const fuseAffine: Fusion = ({ node, alone }) => {
  if (node.kind === 'add' && node.inputs[1].shape.length === 1 && alone(0)) {
    const [product, bias] = node.inputs;
    if (product.kind === 'matMul' && !product.attributes.transposeRight)
      return fusedNode('affine', { relu: false }, [...product.inputs, bias], node.shape);
  }
  if (node.kind === 'relu' && alone(0)) {
    const affine = asFused(node.inputs[0], 'affine');
    if (affine && !affine.attributes.relu) return fusedNode('affine', { relu: true }, affine.inputs, node.shape);
  }
  return null;
};
