import { add, addScaled, matMul, mean, scale } from '../../graph/ops/arithmetic';
import { crossEntropy, isLargest, maskSame } from '../../graph/ops/contrast';
import { gatherRows, rowDot } from '../../graph/ops/rows';
import type { Tensor } from '../../graph/tensor';
import type { Contrast } from './info_nce';
import { partners, pictures, selves, strangers } from './views_of_batch';

/**
 * The decoupled contrastive loss (Yeh et al. 2022, eq. 4): -positive + log of the sum over negatives alone, logits being
 * similarity / T. Without the positive in the denominator the gradient does not fade as the positive gets easy, which is
 * what NT-Xent needs its large batches for. z as `ntXent` takes it.
 */
export function dcl(z: Tensor, temperature: number): Contrast {
  const rows = z.shape[0];
  const logits = scale(matMul(z, z, { transposeRight: true }), 1 / temperature); // [2N, 2N]
  const logitOf = (others: Tensor): Tensor => scale(rowDot(z, gatherRows(z, others)), 1 / temperature); // [2N, 1]
  const negatives = maskSame(logits, pictures(rows), pictures(rows)); // [2N, 2N]
  // log sum exp is the cross-entropy at any one of the negatives plus that one's logit.
  const logSum = crossEntropy(negatives, strangers(rows)); // [2N]
  const offset = addScaled(logitOf(strangers(rows)), logitOf(partners(rows)), -1); // [2N, 1]
  const self = selves(rows);
  const accuracy = mean(isLargest(maskSame(logits, self, self), partners(rows)));
  return { loss: add(mean(logSum), mean(offset)), accuracy };
}
