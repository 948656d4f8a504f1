import { blend } from '../../graph/ops/arithmetic';
import { conv2d, type PaddingChoice } from '../../graph/ops/convolution';
import { batchNorm, frozenNorm, moments, poolMoments } from '../../graph/ops/normalisation';
import { demand, elements, type Tensor } from '../../graph/tensor';
import type { Weights } from '../weights';

/** How batch norm runs: by the moments of each of `groups` runs of the batch, or 'frozen' by its running statistics. */
export type NormMode = { groups: number } | 'frozen';

/** PyTorch's momentum: the share of the new statistics. */
const RUNNING_MOMENTUM = 0.1;
/** What PyTorch adds to a variance. */
const EPSILON = 1e-5;

/** A window's side, or its height and width. */
export type Window = number | readonly [number, number];

export interface Convolution {
  window: Window;
  stride?: number;
  outputs: number;
  /** By default what keeps the size at stride 1, the same on all sides. */
  padding?: PaddingChoice;
}

/** Convolution without bias. [N, H, W, I] -> [N, H / stride, W / stride, O]. */
export function convolve(
  weights: Weights,
  name: string,
  x: Tensor,
  { window, stride = 1, outputs, padding }: Convolution,
): Tensor {
  const [height, width] = typeof window === 'number' ? [window, window] : window;
  const kernel = weights.read(`${name}.weight`, 'convolution', [height, width, x.shape[3], outputs]);
  return conv2d(x, kernel, { stride, padding: padding ?? (height - 1) / 2 });
}

/**
 * Batch norm with PyTorch's statistics: in train mode the running mean and *unbiased* variance move by a tenth
 * towards the mean over the groups (SplitBatchNorm of the MoCo demo), and the weights remember it.
 */
export function normalise(weights: Weights, name: string, x: Tensor, mode: NormMode, epsilon = EPSILON): Tensor {
  const channels = x.shape[x.shape.length - 1];
  const gamma = weights.read(`${name}.weight`, 'gamma', [channels]);
  const beta = weights.read(`${name}.bias`, 'beta', [channels]);
  const mean = weights.read(`${name}.running_mean`, 'runningMean', [channels]);
  const variance = weights.read(`${name}.running_var`, 'runningVariance', [channels]);
  if (mode === 'frozen') return frozenNorm(x, mean, variance, gamma, beta, { epsilon });

  const ofX = moments(x, mode); // [groups, 2, C]
  const count = elements(x.shape) / channels / mode.groups;
  demand(count > 1, 'normalise', `'${name}' sees one value a channel: nothing to normalise by`);
  weights.replace(`${name}.running_mean`, blend(mean, poolMoments(ofX, 0), RUNNING_MOMENTUM));
  const unbiased = poolMoments(ofX, 1, count / (count - 1));
  weights.replace(`${name}.running_var`, blend(variance, unbiased, RUNNING_MOMENTUM));
  return batchNorm(x, ofX, gamma, beta, { epsilon });
}
