import { add, relu } from '../graph/ops/arithmetic';
import { conv2d, upsample2 } from '../graph/ops/convolution';
import { input } from '../graph/ops/leaves';
import { reshape } from '../graph/ops/rows';
import type { Tensor } from '../graph/tensor';
import { type Architecture, embeddingDim } from './backbones/architecture';
import { convolve, type NormMode, normalise } from './backbones/layers';
import { affine } from './heads/linear';
import { type WeightSpec, Weights } from './weights';

/**
 * Codes [N, C] -> normalised pictures [N, S, S, 3]: the backbone mirrored. A linear layer lays out the last stage's map,
 * then each stage doubles the side (nearest neighbour, which leaves no checkerboard: Odena et al. 2016) and convolves; a
 * last convolution mixes colours, without norm or bound, for a squared error.
 */
export function decode(weights: Weights, codes: Tensor, encoder: Architecture, side: number, mode: NormMode): Tensor {
  const [n, channels] = [codes.shape[0], embeddingDim(encoder)];
  const { mirror } = encoder.backbone;
  const least = side / 2 ** mirror.length;
  const flat = affine(weights, 'fc', codes, least * least * channels); // [N, s s D]
  let x = relu(normalise(weights, 'bn', reshape(flat, [n, least, least, channels]), mode));
  mirror.forEach((outputs, stage) => {
    const name = `stage${stage + 1}`;
    const wide = convolve(weights, `${name}.conv`, upsample2(x), { window: 3, outputs });
    x = relu(normalise(weights, `${name}.bn`, wide, mode));
  });
  const mix = weights.read('colour.weight', 'colour', [3, 3, x.shape[3], 3]);
  return add(conv2d(x, mix, { padding: 1 }), weights.read('colour.bias', 'beta', [3])); // [N, S, S, 3]
}

/** Every weight of a decoder; they depend on the side of the pictures. */
export function decoderWeights(encoder: Architecture, side: number): WeightSpec[] {
  const weights = new Weights('declared');
  decode(weights, input('codes', [1, encoder.dim]), encoder, side, 'frozen');
  return weights.specs;
}
