import { meanPool } from '../graph/ops/convolution';
import { input, stopGradient } from '../graph/ops/leaves';
import type { Tensor } from '../graph/tensor';
import { type Architecture, normMode } from './backbones/architecture';
import type { NormMode } from './backbones/layers';
import { linearHead } from './heads/linear';
import { mlpHead, mlpHidden, mlpNormHead, mlpNormHidden } from './heads/mlp';
import { type WeightSpec, Weights } from './weights';

/** What stage `from` is fed [N, H, W, C] -> the maps of stage `to` - 1, [N, H', W', C']. */
export function runStages(
  weights: Weights,
  x: Tensor,
  encoder: Architecture,
  mode: NormMode,
  [from, to]: readonly [number, number],
): Tensor {
  let maps = x;
  for (let stage = from; stage < to; stage++)
    maps = encoder.backbone.run(weights, maps, stage, normMode(encoder, stage, mode));
  return maps;
}

/**
 * Pictures [N, S, S, 3] -> the maps of the frozen stages [N, H, W, C], in inference mode and without gradient; where
 * none is frozen the pictures themselves.
 */
export function stem(weights: Weights, pictures: Tensor, encoder: Architecture): Tensor {
  const { frozen = 0 } = encoder;
  return frozen === 0 ? pictures : stopGradient(runStages(weights, pictures, encoder, 'frozen', [0, frozen]));
}

/** What `stem` gives [N, H, W, C] -> embeddings [N, D]: the rest of the stages, the last one's maps mean pooled. */
export function embedFrom(weights: Weights, maps: Tensor, encoder: Architecture, mode: NormMode): Tensor {
  const { frozen = 0, backbone } = encoder;
  return meanPool(runStages(weights, maps, encoder, mode, [frozen, backbone.stages.length]));
}

/** What `stem` gives [N, H, W, C] -> projections [N, C]. */
export const encodeFrom = (weights: Weights, maps: Tensor, encoder: Architecture, mode: NormMode): Tensor =>
  project(weights, embedFrom(weights, maps, encoder, mode), encoder, mode);

/** Pictures [N, S, S, 3] -> embeddings [N, D]: what search uses. */
export const embed = (weights: Weights, pictures: Tensor, encoder: Architecture, mode: NormMode): Tensor =>
  embedFrom(weights, stem(weights, pictures, encoder), encoder, mode);

/** Pictures [N, S, S, 3] -> projections [N, C]: what the loss sees. Search uses the backbone's embeddings alone. */
export const encode = (weights: Weights, pictures: Tensor, encoder: Architecture, mode: NormMode): Tensor =>
  encodeFrom(weights, stem(weights, pictures, encoder), encoder, mode);

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

/** The weights that a graph over pictures asks for, in the order of a forward pass. */
function declared(build: (weights: Weights, pictures: Tensor) => void): WeightSpec[] {
  const weights = new Weights('declared');
  build(weights, input('pictures', [1, 64, 64, 3]));
  return weights.specs;
}

/** Every weight of an encoder, in the order of a forward pass. They do not depend on the size of the pictures. */
export const encoderWeights = (encoder: Architecture): WeightSpec[] =>
  declared((weights, pictures) => encode(weights, pictures, encoder, 'frozen'));

/** Those below the head: all that an embedding needs. */
export const backboneWeights = (encoder: Architecture): WeightSpec[] =>
  declared((weights, pictures) => embed(weights, pictures, encoder, 'frozen'));

/** Those that `stem` reads: of the frozen stages. One owner has them, the query encoder. */
export const frozenWeights = (encoder: Architecture): WeightSpec[] =>
  declared((weights, pictures) => stem(weights, pictures, encoder));

/** Those that `encodeFrom` reads: the rest of the backbone and the head. */
export function trainableWeights(encoder: Architecture): WeightSpec[] {
  const frozen = new Set(frozenWeights(encoder).map(({ name }) => name));
  return encoderWeights(encoder).filter(({ name }) => !frozen.has(name));
}
