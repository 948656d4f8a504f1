import { add, addScaled, matMul, mean, relu, scale } from '../../graph/ops/arithmetic';
import { isLargest, maskSame, semiHard } from '../../graph/ops/contrast';
import { constant } from '../../graph/ops/leaves';
import { concatColumns, gatherRows, rowDot } from '../../graph/ops/rows';
import type { Tensor } from '../../graph/tensor';
import type { Contrast } from './info_nce';
import type { Alike } from './nt_xent';
import { partners, pictures } from './views_of_batch';

export interface TripletLoss extends Contrast {
  /** Share of triplets that still cost something. [] */
  active: Tensor;
}

/**
 * The triplet loss (Schroff et al. 2015, eq. 2): max(0, |a - p|^2 - |a - n|^2 + margin), mean over all anchors. z [2N, C]
 * are unit rows, row i and row i + N (mod 2N) views of one picture, so that |a - b|^2 = 2 - 2 a.b; each row is once the
 * anchor and its partner the positive. The negative is semi-hard: the nearest view of another picture that is farther
 * than the positive by less than the margin; where there is none, the nearest of all. `alike`: what else is no negative.
 */
export function tripletLoss(z: Tensor, margin: number, alike: Alike | null = null): TripletLoss {
  const rows = z.shape[0];
  const [picture, partner] = [pictures(rows), partners(rows)];
  const similarity = matMul(z, z, { transposeRight: true }); // [2N, 2N]
  const positive = rowDot(z, gatherRows(z, partner)); // [2N, 1]
  const others = maskSame(similarity, alike?.excluded ?? picture, alike?.ids ?? picture); // [2N, 2N]
  const negative = rowDot(z, gatherRows(z, semiHard(others, positive, margin / 2))); // [2N, 1]
  const nearer = scale(addScaled(negative, positive, -1), 2); // |a - p|^2 - |a - n|^2, [2N, 1]
  const hinge = relu(add(nearer, constant(Float32Array.of(margin), [1]))); // [2N, 1]
  const nothing = constant(new Float32Array(rows), [rows, 1]);
  const first = constant(new Int32Array(rows), [rows]);
  return {
    loss: mean(hinge),
    accuracy: mean(isLargest(concatColumns(positive, others), first)),
    active: mean(isLargest(concatColumns(hinge, nothing), first)),
  };
}
