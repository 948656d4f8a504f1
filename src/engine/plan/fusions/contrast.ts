import type { Tensor } from '../../../graph/tensor';
import { fusedNode } from './fused';
import type { Fusion } from './rewrite';

/** The factor and operands of scale([q . k | maskSame(q . queue)], factor), or null when the logits are of another form. */
function logitsOf(node: Tensor) {
  if (node.kind !== 'scale' || node.inputs[0].kind !== 'concatColumns' || node.inputs[0].inputs.length !== 2)
    return null;
  const [positive, negative] = node.inputs[0].inputs;
  if (positive.kind !== 'rowDot' || negative.kind !== 'maskSame') return null;
  const [products, ids, queueIds] = negative.inputs;
  // The kernel reads one id a row.
  if (products.kind !== 'matMul' || !products.attributes.transposeRight || ids.shape.length > 1) return null;
  const [q, k] = positive.inputs;
  const [left, queue] = products.inputs;
  return left === q ? { factor: node.attributes.factor, inputs: [q, k, queue, ids, queueIds] } : null;
}

const zeros = (node: Tensor): boolean =>
  node.kind === 'constant' && node.attributes.values.every((value) => value === 0);

/** Mean cross entropy of InfoNCE's logits, and the accuracy on the same logits. */
export function contrastFusion(): Fusion {
  const losses = new Map<Tensor, Tensor>();
  return ({ node }) => {
    if (node.kind !== 'mean') return null;
    const [rows] = node.inputs;
    if ((rows.kind !== 'crossEntropy' && rows.kind !== 'isLargest') || !zeros(rows.inputs[1])) return null;
    if (rows.kind === 'isLargest') {
      const loss = losses.get(rows.inputs[0]);
      return loss ? fusedNode('infoNceAccuracy', {}, [loss], []) : null;
    }
    const logits = logitsOf(rows.inputs[0]);
    // Columns come in fours: the queue's rows are read as vectors.
    if (!logits || logits.inputs[0].shape[1] % 4 !== 0) return null;
    const loss = fusedNode('infoNce', { scale: logits.factor }, logits.inputs, []);
    losses.set(rows.inputs[0], loss);
    return loss;
  };
}
