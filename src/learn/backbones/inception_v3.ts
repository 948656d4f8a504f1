import { relu } from '../../graph/ops/arithmetic';
import { averagePool, maxPool } from '../../graph/ops/convolution';
import { concatColumns } from '../../graph/ops/rows';
import type { Tensor } from '../../graph/tensor';
import type { Weights } from '../weights';
import type { Backbone } from './backbone';
import { EPSILON, unitRange } from './keras';
import { type Convolution, convolve, type NormMode, normalise } from './layers';

/** Convolution, norm, ReLU: Keras numbers both layers of such a unit alike, in the order of a forward pass. */
type Unit = (x: Tensor, number: number, convolution: Convolution) => Tensor;

const unitOf =
  (weights: Weights, mode: NormMode): Unit =>
  (x, number, convolution) => {
    const y = convolve(weights, `conv2d_${number}`, x, { padding: 'same', ...convolution });
    return relu(normalise(weights, `batch_normalization_${number}`, y, mode, EPSILON));
  };

const halve = (x: Tensor): Tensor => maxPool(x, { size: 3, stride: 2, padding: 0 });
const smooth = (x: Tensor): Tensor => averagePool(x, { size: 3, stride: 1, padding: 1 });

/** Views [N, S, S, 3] -> [N, S / 8, S / 8, 192]. */
function stem(unit: Unit, views: Tensor): Tensor {
  const first = unit(unitRange(views), 1, { window: 3, stride: 2, outputs: 32, padding: 0 });
  const second = unit(first, 2, { window: 3, outputs: 32, padding: 0 });
  const wide = halve(unit(second, 3, { window: 3, outputs: 64 }));
  const mixed = unit(wide, 4, { window: 1, outputs: 80 });
  return halve(unit(mixed, 5, { window: 3, outputs: 192, padding: 0 }));
}

/** Inception with its 5 x 5 convolution in one piece (Szegedy et al. 2016, figure 5): 224 + `pooled` channels. */
function mixedFives(unit: Unit, x: Tensor, first: number, pooled: number): Tensor {
  const one = unit(x, first, { window: 1, outputs: 64 });
  const five = unit(unit(x, first + 1, { window: 1, outputs: 48 }), first + 2, { window: 5, outputs: 64 });
  const narrow = unit(unit(x, first + 3, { window: 1, outputs: 64 }), first + 4, { window: 3, outputs: 96 });
  const twoThrees = unit(narrow, first + 5, { window: 3, outputs: 96 });
  const pool = unit(smooth(x), first + 6, { window: 1, outputs: pooled });
  return concatColumns(one, five, twoThrees, pool);
}

/** To half the side by strided convolutions beside a pooling (figure 10): 480 channels and those of x. */
function reduction(unit: Unit, x: Tensor, first: number): Tensor {
  const three = unit(x, first, { window: 3, stride: 2, outputs: 384, padding: 0 });
  const narrow = unit(unit(x, first + 1, { window: 1, outputs: 64 }), first + 2, { window: 3, outputs: 96 });
  const twoThrees = unit(narrow, first + 3, { window: 3, stride: 2, outputs: 96, padding: 0 });
  return concatColumns(three, twoThrees, halve(x));
}

const ACROSS = [1, 7] as const;
const DOWN = [7, 1] as const;

/** Inception with 7 x 7 convolutions taken apart into 1 x 7 and 7 x 1 (figure 6): 768 channels. */
function mixedSevens(unit: Unit, x: Tensor, first: number, inner: number): Tensor {
  const one = unit(x, first, { window: 1, outputs: 192 });
  let seven = unit(x, first + 1, { window: 1, outputs: inner });
  seven = unit(seven, first + 2, { window: ACROSS, outputs: inner });
  seven = unit(seven, first + 3, { window: DOWN, outputs: 192 });
  let twoSevens = unit(x, first + 4, { window: 1, outputs: inner });
  twoSevens = unit(twoSevens, first + 5, { window: DOWN, outputs: inner });
  twoSevens = unit(twoSevens, first + 6, { window: ACROSS, outputs: inner });
  twoSevens = unit(twoSevens, first + 7, { window: DOWN, outputs: inner });
  twoSevens = unit(twoSevens, first + 8, { window: ACROSS, outputs: 192 });
  const pool = unit(smooth(x), first + 9, { window: 1, outputs: 192 });
  return concatColumns(one, seven, twoSevens, pool);
}

const STAGES: readonly { name: string; dim: number; run(unit: Unit, x: Tensor): Tensor }[] = [
  { name: 'stem', dim: 192, run: stem },
  { name: 'mixed0', dim: 256, run: (unit, x) => mixedFives(unit, x, 6, 32) },
  { name: 'mixed1', dim: 288, run: (unit, x) => mixedFives(unit, x, 13, 64) },
  { name: 'mixed2', dim: 288, run: (unit, x) => mixedFives(unit, x, 20, 64) },
  { name: 'mixed3', dim: 768, run: (unit, x) => reduction(unit, x, 27) },
  { name: 'mixed4', dim: 768, run: (unit, x) => mixedSevens(unit, x, 31, 128) },
  { name: 'mixed5', dim: 768, run: (unit, x) => mixedSevens(unit, x, 41, 160) },
];

/** InceptionV3 (Szegedy et al. 2016, arXiv:1512.00567) up to its layer mixed5. Views of 43 px at least. */
export const inceptionV3 = (): Backbone => ({
  stages: STAGES,
  layout: 'keras',
  mirror: [288, 192, 64, 32],
  run: (weights, x, stage, mode) => STAGES[stage].run(unitOf(weights, mode), x),
});
