import { input } from '../../graph/ops/leaves';
import type { Tensor } from '../../graph/tensor';
import type { Architecture } from '../backbones/architecture';
import { stem } from '../encoder';
import { Weights } from '../weights';

/** What a step is fed of its pictures. */
export interface StepShape {
  /** N pictures a step. */
  batch: number;
  side: number;
  /** Views of each picture whose maps of the frozen stages are kept; 0: a step makes them of fresh views. */
  views?: number;
}

/** [N, H, W, C] of the frozen stages' maps of N views. */
export const mapShape = (encoder: Architecture, batch: number, side: number) =>
  stem(new Weights('declared'), input('views', [batch, side, side, 3]), encoder).shape;

/**
 * The maps [N, H, W, C] of the frozen stages that a step goes on from: made of views [N, S, S, 3] that the step is fed
 * under `name`, or fed themselves under that name.
 */
export function stepMaps(
  name: string,
  frozen: Weights,
  encoder: Architecture,
  { batch, side, views = 0 }: StepShape,
): Tensor {
  if (views > 0) return input(name, mapShape(encoder, batch, side));
  return stem(frozen, input(name, [batch, side, side, 3]), encoder);
}
