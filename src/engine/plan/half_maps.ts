import type { Tensor } from '../../graph/tensor';

/** Kinds that a network's layers are made of; what losses are made of stays in single precision. */
const LAYERS: ReadonlySet<string> = new Set([
  'conv2d',
  'depthwiseConv2d',
  'batchNorm',
  'frozenNorm',
  'relu',
  'relu6',
  'add',
  'upsample2',
  'averagePool',
  'concatColumns',
  'activate',
  'activateFrozen',
  'convolveFrozen',
]);

/**
 * A layer's maps [N, H, W, C], of which a step keeps the most. The gradient of a pooling looks for the places where the
 * largest value came from: that has to be as exact as they are.
 */
export const isActivation = ({ kind, shape, dtype, inputs }: Tensor): boolean =>
  shape.length === 4 && dtype === 'float32' && (LAYERS.has(kind) || (kind === 'maxPool' && isActivation(inputs[0])));
