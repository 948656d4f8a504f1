import {
  engine,
  getBackend,
  getKernel,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
} from '@tensorflow/tfjs-core';

// Kernels of our own, of which a backend may have one or not; a twin then has TensorFlow.js ops to fall back on.

/** x -> [groups, 2, C]; attribute groups. */
export const CHANNEL_MOMENTS = 'LookalikeChannelMoments';
/** x, ofX, gamma, beta -> y; attribute epsilon. */
export const CHANNEL_NORM = 'LookalikeChannelNorm';
/** x, ofX, gamma, dy -> dx, [2, C] of d beta and d gamma; attribute epsilon. */
export const CHANNEL_NORM_GRADIENT = 'LookalikeChannelNormGradient';

/** Runs the kernel if this backend has it, else gives null. */
export function fused(kernel: string, inputs: NamedTensorMap, attributes: NamedAttrMap): Tensor[] | null {
  if (getKernel(kernel, getBackend()) === undefined) return null;
  const result = engine().runKernel(kernel, inputs, attributes);
  return Array.isArray(result) ? result : [result];
}
