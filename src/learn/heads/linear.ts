import { add, matMul } from '../../graph/ops/arithmetic';
import type { Tensor } from '../../graph/tensor';
import type { Weights } from '../weights';

/** x [N, I] -> x w + b, [N, O]. */
export function affine(weights: Weights, name: string, x: Tensor, outputs: number): Tensor {
  const weight = weights.read(`${name}.weight`, 'linear', [x.shape[1], outputs]);
  const bias = weights.read(`${name}.bias`, 'bias', [outputs]);
  return add(matMul(x, weight), bias);
}

/** MoCo v1's head: embeddings [N, D] -> projections [N, C]. */
export const linearHead = (weights: Weights, embedding: Tensor, dim: number): Tensor =>
  affine(weights, 'fc', embedding, dim);
