import { matMul, mean, scale } from '../../graph/ops/arithmetic';
import { crossEntropy, isLargest, maskSame } from '../../graph/ops/contrast';
import { constant } from '../../graph/ops/leaves';
import { concatColumns, rowDot } from '../../graph/ops/rows';
import type { Tensor } from '../../graph/tensor';

/** A contrast's loss and the share of rows whose positive beats every negative; both shape []. */
export interface Contrast {
  loss: Tensor;
  accuracy: Tensor;
}

/**
 * InfoNCE (He et al. 2020, eq. 1): the positive is column 0 among the queue's rows. Rows of the queue that came from
 * the query's own picture, or from any that `ids` lists for it, are masked: without that a queue near the size of the data set trains against itself.
 */
export function infoNce(
  q: Tensor, // [N, C]
  k: Tensor, // [N, C]
  queue: Tensor, // [K, C]
  ids: Tensor, // [N] or [N, M] int32
  queueIds: Tensor, // [K] int32
  temperature: number,
): Contrast {
  const positive = rowDot(q, k); // [N, 1]
  const negative = maskSame(matMul(q, queue, { transposeRight: true }), ids, queueIds); // [N, K]
  const logits = scale(concatColumns(positive, negative), 1 / temperature); // [N, 1 + K]
  const targets = constant(new Int32Array(q.shape[0]), [q.shape[0]]); // [N], all 0
  return { loss: mean(crossEntropy(logits, targets)), accuracy: mean(isLargest(logits, targets)) };
}
