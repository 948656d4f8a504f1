import { matMul, mean, scale } from '../../graph/ops/arithmetic';
import { crossEntropy, isLargest, maskSame } from '../../graph/ops/contrast';
import { constant } from '../../graph/ops/leaves';
import { concatColumns, gatherRows, rowDot } from '../../graph/ops/rows';
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

/** Which of a step's 2N views are no negatives of each other. */
export interface Alike {
  /** The picture of each view. int32 [2N] */
  ids: Tensor;
  /** The pictures that are no negatives of each view: its own, and its partner's, among them. int32 [2N, M] */
  excluded: Tensor;
}

/**
 * NT-Xent where views of some other pictures are no negatives: row i + N (mod 2N), the positive, may be of another picture
 * than row i. With each row's own picture alone excluded it is `ntXent`.
 */
export function ntXentAmong(z: Tensor, { ids, excluded }: Alike, temperature: number): Contrast {
  const positive = rowDot(z, gatherRows(z, partners(z.shape[0]))); // [2N, 1]
  const negatives = maskSame(matMul(z, z, { transposeRight: true }), excluded, ids); // [2N, 2N]
  const logits = scale(concatColumns(positive, negatives), 1 / temperature); // [2N, 1 + 2N]
  const first = constant(new Int32Array(z.shape[0]), [z.shape[0]]);
  return { loss: mean(crossEntropy(logits, first)), accuracy: mean(isLargest(logits, first)) };
}
