import { relu } from '../../graph/ops/arithmetic';
import type { Tensor } from '../../graph/tensor';
import type { Weights } from '../weights';
import { affine } from './linear';

/** MoCo v2's hidden layer, D -> D, ReLU. [N, D] */
export const mlpHidden = (weights: Weights, embedding: Tensor): Tensor =>
  relu(affine(weights, 'fc.0', embedding, embedding.shape[1]));

/** MoCo v2's head, D -> D, ReLU, D -> C without norm: embeddings [N, D] -> projections [N, C]. */
export const mlpHead = (weights: Weights, embedding: Tensor, dim: number): Tensor =>
  affine(weights, 'fc.2', mlpHidden(weights, embedding), dim);
