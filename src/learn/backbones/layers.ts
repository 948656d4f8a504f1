import { blend } from '../../graph/ops/arithmetic';
import { conv2d } from '../../graph/ops/convolution';
import { batchNorm, frozenNorm, moments, poolMoments } from '../../graph/ops/normalisation';
import { demand, elements, type Tensor } from '../../graph/tensor';
import type { Weights } from '../weights';

/** How batch norm runs: by the moments of each of `groups` runs of the batch, or 'frozen' by its running statistics. */
export type NormMode = { groups: number } | 'frozen';

/** PyTorch's momentum: the share of the new statistics. */
const RUNNING_MOMENTUM = 0.1;

/** Convolution without bias, zero padding that keeps the size at stride 1. [N, H, W, I] -> [N, H / stride, W / stride, O]. */
export function convolve(
  weights: Weights,
  name: string,
  x: Tensor,
  { window, stride = 1, outputs }: { window: number; stride?: number; outputs: number },
): Tensor {
  const kernel = weights.read(`${name}.weight`, 'convolution', [window, window, x.shape[3], outputs]);
  return conv2d(x, kernel, { stride, padding: (window - 1) / 2 });
}

/**
 * Batch norm with PyTorch's statistics: in train mode the running mean and *unbiased* variance move by a tenth
 * towards the mean over the groups (SplitBatchNorm of the MoCo demo), and the weights remember it.
 */
export function normalise(weights: Weights, name: string, x: Tensor, mode: NormMode): Tensor {
  const channels = x.shape[x.shape.length - 1];
  const gamma = weights.read(`${name}.weight`, 'gamma', [channels]);
  const beta = weights.read(`${name}.bias`, 'beta', [channels]);
  const mean = weights.read(`${name}.running_mean`, 'runningMean', [channels]);
  const variance = weights.read(`${name}.running_var`, 'runningVariance', [channels]);
  if (mode === 'frozen') return frozenNorm(x, mean, variance, gamma, beta);

  const ofX = moments(x, mode); // [groups, 2, C]
  const count = elements(x.shape) / channels / mode.groups;
  demand(count > 1, 'normalise', `'${name}' sees one value a channel: nothing to normalise by`);
  weights.replace(`${name}.running_mean`, blend(mean, poolMoments(ofX, 0), RUNNING_MOMENTUM));
  const unbiased = poolMoments(ofX, 1, count / (count - 1));
  weights.replace(`${name}.running_var`, blend(variance, unbiased, RUNNING_MOMENTUM));
  return batchNorm(x, ofX, gamma, beta);
}
