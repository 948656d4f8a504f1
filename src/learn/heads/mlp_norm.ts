import { matMul, relu } from '../../graph/ops/arithmetic';
import type { Tensor } from '../../graph/tensor';
import { type NormMode, normalise } from '../backbones/layers';
import type { Weights } from '../weights';

/** SimCLR's head (Chen et al. 2020), D -> D, norm, ReLU, D -> C, norm: embeddings [N, D] -> projections [N, C]. */
export function mlpNormHead(weights: Weights, embedding: Tensor, dim: number, mode: NormMode): Tensor {
  // The norm after a linear takes its bias away again: there is none.
  const linear = (name: string, x: Tensor, outputs: number): Tensor =>
    matMul(x, weights.read(`${name}.weight`, 'linear', [x.shape[1], outputs]));
  const hidden = relu(normalise(weights, 'fc.1', linear('fc.0', embedding, embedding.shape[1]), mode)); // [N, D]
  return normalise(weights, 'fc.4', linear('fc.3', hidden, dim), mode); // [N, C]
}
