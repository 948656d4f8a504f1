import { matMul, mean, scale } from '../../graph/ops/arithmetic';
import { crossEntropy, isLargest, maskSame } from '../../graph/ops/contrast';
import type { Tensor } from '../../graph/tensor';
import type { Contrast } from './info_nce';
import { partners, selves } from './views_of_batch';

/**
 * NT-Xent (Chen et al. 2020, eq. 1) with the paper's mean over 2N. z [2N, C] are unit rows, row i and row i + N (mod 2N)
 * views of one picture; a row is masked against itself only.
 */
export function ntXent(z: Tensor, temperature: number): Contrast {
  const [self, partner] = [selves(z.shape[0]), partners(z.shape[0])];
  const similarity = maskSame(matMul(z, z, { transposeRight: true }), self, self); // [2N, 2N]
  const logits = scale(similarity, 1 / temperature);
  return { loss: mean(crossEntropy(logits, partner)), accuracy: mean(isLargest(logits, partner)) };
}
