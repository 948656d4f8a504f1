import { relu } from '../../graph/ops/arithmetic';
import type { Tensor } from '../../graph/tensor';
import type { Weights } from '../weights';
import { affine } from './linear';

/** MoCo v2's head, D -> D, ReLU, D -> C without norm: embeddings [N, D] -> projections [N, C]. */
export function mlpHead(weights: Weights, embedding: Tensor, dim: number): Tensor {
  const hidden = relu(affine(weights, 'fc.0', embedding, embedding.shape[1])); // [N, D]
  return affine(weights, 'fc.2', hidden, dim); // [N, C]
}
