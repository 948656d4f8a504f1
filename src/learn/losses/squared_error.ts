import { addScaled, mean, mul } from '../../graph/ops/arithmetic';
import type { Tensor } from '../../graph/tensor';

/** Mean over all values of (made - wanted)^2, in normalised units: four times those of the 0-1 range, squared. -> [] */
export function squaredError(made: Tensor, wanted: Tensor): Tensor {
  const difference = addScaled(made, wanted, -1);
  return mean(mul(difference, difference));
}
