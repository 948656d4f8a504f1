import { input } from '../graph/ops/leaves';
import type { Tensor } from '../graph/tensor';
import type { Architecture } from './backbones/architecture';
import type { NormMode } from './backbones/layers';
import { resnet } from './backbones/resnet';
import { linearHead } from './heads/linear';
import { mlpHead, mlpHidden } from './heads/mlp';
import { mlpNormHead, mlpNormHidden } from './heads/mlp_norm';
import { type WeightSpec, Weights } from './weights';

/** Pictures [N, S, S, 3] -> projections [N, C]: what the loss sees. Search uses the backbone's embeddings alone. */
export function encode(weights: Weights, pictures: Tensor, encoder: Architecture, mode: NormMode): Tensor {
  const embedding = resnet(weights, pictures, encoder, mode); // [N, D]
  return project(weights, embedding, encoder, mode); // [N, C]
}

/** Embeddings [N, D] -> projections [N, C]. */
export function project(weights: Weights, embedding: Tensor, { head, dim }: Architecture, mode: NormMode): Tensor {
  switch (head) {
    case 'linear':
      return linearHead(weights, embedding, dim);
    case 'mlp':
      return mlpHead(weights, embedding, dim);
    case 'mlp-norm':
      return mlpNormHead(weights, embedding, dim, mode);
  }
}

/** What the head's hidden layer says of embeddings [N, D], [N, D]; null where the head has none. */
export function hidden(weights: Weights, embedding: Tensor, { head }: Architecture, mode: NormMode): Tensor | null {
  if (head === 'linear') return null;
  return head === 'mlp' ? mlpHidden(weights, embedding) : mlpNormHidden(weights, embedding, mode);
}

/** Every weight of an encoder, in the order of a forward pass. They do not depend on the size of the pictures. */
export function encoderWeights(encoder: Architecture): WeightSpec[] {
  const weights = new Weights('declared');
  encode(weights, input('pictures', [1, 64, 64, 3]), encoder, 'frozen');
  return weights.specs;
}

/** Those below the head: all that an embedding needs. */
export const backboneWeights = (encoder: Architecture): WeightSpec[] =>
  encoderWeights(encoder).filter(({ name }) => !name.startsWith('fc.'));
