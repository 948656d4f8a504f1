import { add, scale } from '../../graph/ops/arithmetic';
import { constant } from '../../graph/ops/leaves';
import type { Tensor } from '../../graph/tensor';
import { MEAN, STD } from '../augment/views';

// What networks trained with Keras share here.

/** What Keras adds to a variance. */
export const EPSILON = 1e-3;

/** Our normalised views [N, S, S, 3] as values of 0 .. 1, which these networks were trained on. */
export const unitRange = (views: Tensor): Tensor =>
  add(scale(views, STD), constant(new Float32Array(3).fill(MEAN), [3]));
