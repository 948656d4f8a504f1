import { matMul, mean, scale } from '../../graph/ops/arithmetic';
import { crossEntropy, isLargest, maskSame } from '../../graph/ops/contrast';
import { constant } from '../../graph/ops/leaves';
import type { Tensor } from '../../graph/tensor';
import type { Contrast } from './info_nce';

/**
 * NT-Xent (Chen et al. 2020, eq. 1) with the paper's mean over 2N. z [2N, C] are unit rows, row i and row i + N (mod 2N)
 * views of one picture; a row is masked against itself only.
 */
export function ntXent(z: Tensor, temperature: number): Contrast {
  const rows = z.shape[0];
  const self = constant(
    Int32Array.from({ length: rows }, (_, i) => i),
    [rows],
  );
  const partner = constant(
    Int32Array.from({ length: rows }, (_, i) => (i + rows / 2) % rows),
    [rows],
  );
  const similarity = maskSame(matMul(z, z, { transposeRight: true }), self, self); // [2N, 2N]
  const logits = scale(similarity, 1 / temperature);
  return { loss: mean(crossEntropy(logits, partner)), accuracy: mean(isLargest(logits, partner)) };
}
