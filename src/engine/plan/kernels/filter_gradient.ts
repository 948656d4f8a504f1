import { elements, type Tensor } from '../../../graph/tensor';
import type { Slot } from '../../compiled/slot';
import type { Pass } from '../../schedule';
import { each } from '../each';
import { type Lowering, widthOf } from '../lowering';
import type { KernelVariant, Tuning } from '../tuning';
import { components, type Geometry, gradientKey } from './geometry';
import { partialGradient, partsOfGradient } from './split_k';
import { filterTiles, tiledFilterGradient } from './tiled_filter_gradient';

export interface FilterOperands {
  x: Slot;
  dy: Slot;
  w: Tensor;
  pass: Pass;
}

/** Of the parts that fill the device. */
const SHARES: Partial<Record<KernelVariant, number>> = { fewer: 1 / 4, more: 4 };

/** Threads for one part: a row of the window and a vector of channels on either side each. */
const tilesOf = ({ windowHeight, inVectors, outVectors }: Geometry): number => windowHeight * inVectors * outVectors;

/** Split-K: parts that the sum over all lines, or pixels, is divided into. */
const splitsOf = (g: Geometry, { threads, sharing }: Tuning, variant: KernelVariant): number => {
  // A thread with so many sums at a time keeps as busy as two others.
  const one = sharing ? 2 * filterTiles(g).threads : tilesOf(g);
  // A workgroup's tile is worth its barriers only for some pixels.
  const terms = g.batch * g.outHeight * (sharing ? g.outWidth / 32 : 1);
  const size = g.windowHeight * g.windowWidth * g.inputs * g.outputs;
  return partsOfGradient(size, Math.ceil(((SHARES[variant] ?? 1) * threads) / one), Math.ceil(terms));
};

/** The variants of this gradient that differ; the first runs where nothing was measured. */
export const gradientVariantsOf = (g: Geometry, tuning: Tuning): KernelVariant[] => {
  const usual = splitsOf(g, tuning, 'direct');
  return ['direct', ...(['fewer', 'more'] as const).filter((variant) => splitsOf(g, tuning, variant) !== usual)];
};

/**
 * dw[ky, kx, i, o] = sum over pictures and positions of x[i] dy[o]. A thread has one (ky, vector of i, vector of o), all kx
 * and every `splits`-th line; with stride 1 a window over x slides along the line, one load a position. The splits are
 * left apart: the optimizer adds them up while it reads.
 */
export function filterGradient(to: Lowering, g: Geometry, { x, dy, w, pass }: FilterOperands): void {
  const { windowHeight, windowWidth: window, stride } = g;
  const size = elements(w.shape);
  const [top, , left] = g.padding;
  const lines = g.batch * g.outHeight;
  const tiles = tilesOf(g);
  const splits = splitsOf(g, to.tuning, to.tuning.variantOf(gradientKey(g)));
  const { slot, give } = partialGradient(to, 'conv2d dw', w, pass, splits);
  const operands = {
    label: 'conv2d dw',
    reads: { x: [x, g.inType], dy: [dy, g.outType] },
    writes: { dw: [slot, g.outType] },
    flops: to.flops,
  } as const;
  if (to.tuning.sharing) {
    to.dispatch({ ...operands, ...tiledFilterGradient(g, splits) });
    give();
    return;
  }
  const width = widthOf(g.inType);
  const outWidth = widthOf(g.outType);
  const zero = `${g.inType}(0.0)`;
  const sliding = stride === 1 && window > 1;
  const load = (place: string) =>
    `select(${zero}, load_x(begin + clamp(${place}, 0, ${g.width - 1}) * ${g.inVectors}), ${place} >= 0 && ${place} < ${g.width})`;
  to.dispatch({
    ...operands,
    threads: tiles * splits,
    body: `
      let co = t % ${g.outVectors};
      let ci = t / ${g.outVectors} % ${g.inVectors};
      let ky = t / ${g.outVectors * g.inVectors} % ${windowHeight};
      let split = t / ${tiles};
      ${each(window, (k) => each(width, (j) => `var sum${k}_${j} = ${g.outType}(0.0);`))}
      for (var line = split; line < ${lines}; line += ${splits}) {
        let row = line % ${g.outHeight} * ${stride} + ky - ${top};
        if (row < 0 || row >= ${g.height}) { continue; }
        let begin = (line / ${g.outHeight} * ${g.height} + row) * ${g.width * g.inVectors} + ci;
        let gradients = line * ${g.outWidth * g.outVectors} + co;
        ${sliding ? each(window - 1, (k) => `var x${k} = ${load(`${k - left}`)};`) : ''}
        for (var column = 0; column < ${g.outWidth}; column++) {
          let d = load_dy(gradients + column * ${g.outVectors});
          ${
            sliding
              ? `let place = column + ${window - 1 - left};
                let x${window - 1} = ${load('place')};`
              : each(
                  window,
                  (k) => `let place${k} = column * ${stride} + ${k - left};
                let x${k} = ${load(`place${k}`)};`,
                )
          }
          ${each(window, (k) => each(width, (j) => `sum${k}_${j} += ${components(`x${k}`, g.inType)[j]} * d;`))}
          ${sliding ? each(window - 1, (k) => `x${k} = x${k + 1};`) : ''}
        }
      }
      let to = split * ${size / outWidth} + (ky * ${window * g.inputs} + ci * ${width}) * ${g.outVectors} + co;
      ${each(window, (k) => each(width, (j) => `store_dw(to + ${(k * g.inputs + j) * g.outVectors}, sum${k}_${j});`))}`,
  });
  give();
}
