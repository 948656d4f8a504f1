import { add, addScaled, exp, mul, scale } from '../../graph/ops/arithmetic';
import { constant } from '../../graph/ops/leaves';
import type { Tensor } from '../../graph/tensor';

/**
 * KL divergence of each code's normal distribution from the standard normal, dimension by dimension (Kingma & Welling
 * 2014, appendix B): (mean^2 + variance - log variance - 1) / 2, in nats. [N, C], [N, C] -> [N, C]
 */
export function divergence(means: Tensor, logVariances: Tensor): Tensor {
  const minusOne = constant(new Float32Array(means.shape[1]).fill(-1), [means.shape[1]]);
  const rest = add(addScaled(exp(logVariances), logVariances, -1), minusOne); // variance - log variance - 1
  return scale(add(mul(means, means), rest), 0.5);
}
