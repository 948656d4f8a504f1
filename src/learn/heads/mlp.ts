import { matMul, relu } from '../../graph/ops/arithmetic';
import type { Tensor } from '../../graph/tensor';
import { type NormMode, normalise } from '../backbones/layers';
import type { Weights } from '../weights';
import { affine } from './linear';

/** MoCo v2's hidden layer, D -> D, ReLU. [N, D] */
export const mlpHidden = (weights: Weights, embedding: Tensor): Tensor =>
  relu(affine(weights, 'fc.0', embedding, embedding.shape[1]));

/** MoCo v2's head, D -> D, ReLU, D -> C without norm: embeddings [N, D] -> projections [N, C]. */
export const mlpHead = (weights: Weights, embedding: Tensor, dim: number): Tensor =>
  affine(weights, 'fc.2', mlpHidden(weights, embedding), dim);

/** The norm after a linear takes its bias away again: there is none. */
const linear = (weights: Weights, name: string, x: Tensor, outputs: number): Tensor =>
  matMul(x, weights.read(`${name}.weight`, 'linear', [x.shape[1], outputs]));

/** SimCLR's hidden layer, D -> D, norm, ReLU. [N, D] */
export const mlpNormHidden = (weights: Weights, embedding: Tensor, mode: NormMode): Tensor =>
  relu(normalise(weights, 'fc.1', linear(weights, 'fc.0', embedding, embedding.shape[1]), mode));

/** SimCLR's head (Chen et al. 2020), D -> D, norm, ReLU, D -> C, norm: embeddings [N, D] -> projections [N, C]. */
export function mlpNormHead(weights: Weights, embedding: Tensor, dim: number, mode: NormMode): Tensor {
  const hidden = mlpNormHidden(weights, embedding, mode); // [N, D]
  return normalise(weights, 'fc.4', linear(weights, 'fc.3', hidden, dim), mode); // [N, C]
}
