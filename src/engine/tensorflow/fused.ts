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

/** x, mean, variance, gamma, beta, residual? -> activation(frozenNorm(x) + residual); attributes epsilon, activation. */
export const FROZEN_NORM = 'LookalikeFrozenNorm';
/** x, mean, variance, gamma, dy -> dx, and where attribute sums [2, C] of d beta and d gamma; attributes epsilon, sums. */
export const FROZEN_NORM_GRADIENT = 'LookalikeFrozenNormGradient';
/** As FROZEN_NORM, of the convolution of x by filter; attributes also those of Conv2D, and convolution. */
export const CONVOLVE_FROZEN = 'LookalikeConvolveFrozen';

/** x [N, H, W, C] -> [N, C]. */
export const MEAN_POOL = 'LookalikeMeanPool';

export const hasKernel = (kernel: string, backend: string): boolean => getKernel(kernel, backend) !== undefined;

/** Runs the kernel if this backend has it, else gives null. */
export function fused(kernel: string, inputs: NamedTensorMap, attributes: NamedAttrMap): Tensor[] | null {
  if (!hasKernel(kernel, getBackend())) return null;
  const result = engine().runKernel(kernel, inputs, attributes);
  return Array.isArray(result) ? result : [result];
}
