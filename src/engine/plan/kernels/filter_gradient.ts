import type { Tensor } from '../../../graph/tensor';
import type { Slot } from '../../compiled/slot';
import type { Pass } from '../../schedule';
import type { Lowering } from '../lower/lowering';
import type { KernelVariant, Tuning } from '../tune/tuning';
import { each } from './each';
import { divisor, type Geometry, gradientKey, loadWindow, vectorsOfWindow } from './geometry';
import { partialGradient, partsOfGradient } from './split_k';
import { fourOf, sharing, storeFour } from './tiled_product';

export interface FilterOperands {
  x: Slot;
  dy: Slot;
  w: Tensor;
  pass: Pass;
  label?: string;
}

/** Of the parts that fill the device. */
const SHARES: Partial<Record<KernelVariant, number>> = { fewer: 1 / 4, more: 4 };

/** vec4 of rows of a thread, each four rows by one vec4 of columns: with their partial sums 16 vec4 in registers. */
const EACH = 2;
const MOST_THREADS = 128;
/** vec4 that a workgroup loads at a time: 9 KB. */
const MOST_LOADED = 576;

/** How dw [taps x inputs, outputs] = x' dy is divided among workgroups: a tile of vec4 of rows by vec4 of columns each. */
function tilesOf(g: Geometry, { workgroup }: Tuning) {
  const [four, vectors] = [vectorsOfWindow(g), Math.ceil(g.outputs / 4)];
  const threads = Math.min(MOST_THREADS, workgroup);
  const across = divisor(vectors, ...[16, 8, 4, 2].filter((length) => length <= threads));
  const down = Math.min(threads / across, Math.ceil(four / EACH));
  const [high, columns] = [Math.ceil(four / (down * EACH)), vectors / across];
  return { four, across, down, high, columns, tiles: high * columns, threads: high * columns * across * down };
}

/** Split-K: parts that the sum over all pixels is divided into. */
const splitsOf = (g: Geometry, tuning: Tuning, variant: KernelVariant): number => {
  // A thread with so many sums at a time keeps as busy as two others, and a workgroup's tile is worth its barriers only for some pixels.
  const wanted = Math.ceil(((SHARES[variant] ?? 1) * tuning.threads) / (2 * tilesOf(g, tuning).threads));
  const terms = Math.ceil((g.batch * g.outHeight * g.outWidth) / 32);
  return partsOfGradient(g.windowHeight * g.windowWidth * g.inputs * g.outputs, wanted, terms);
};

/** The variants of this gradient that differ; the first runs where nothing was measured. */
export const gradientVariantsOf = (g: Geometry, tuning: Tuning): KernelVariant[] => {
  const usual = splitsOf(g, tuning, 'usual');
  return ['usual', ...(['fewer', 'more'] as const).filter((variant) => splitsOf(g, tuning, variant) !== usual)];
};

/**
 * dw[ky, kx, i, o] = sum over pixels of x[i] dy[o] as a product over memory that a workgroup shares: it loads so many pixels of its
 * taps and channels at a time, each value once for all its threads. Runs of pixels are summed apart.
 */
export function filterGradient(to: Lowering, g: Geometry, operands: FilterOperands): void {
  const { x, dy, w, pass, label = 'conv2d dw' } = operands;
  const splits = splitsOf(g, to.tuning, to.tuning.variantOf(gradientKey(g)));
  const { slot, give } = partialGradient(to, label, w, pass, splits);
  const { four, across, down, high, columns, tiles } = tilesOf(g, to.tuning);
  const rows = g.windowHeight * g.windowWidth * g.inputs;
  const size = down * across;
  const height = down * EACH;
  const step = [16, 8, 4, 2].find((pixels) => pixels * (height + across) <= MOST_LOADED) ?? 1;
  const pixels = g.batch * g.outHeight * g.outWidth;
  const perSplit = Math.ceil(pixels / splits / step) * step;
  to.dispatch({
    label,
    reads: { x: [x, g.inType], dy: [dy, g.outType] },
    writes: { dw: [slot, g.outType] },
    flops: to.flops,
    ...sharing(
      tiles * splits,
      size,
      { x_tile: step * height, dy_tile: step * across },
      `
      let first = group % ${high} * ${height};
      let column = group / ${high} % ${columns} * ${across};
      let split = group / ${tiles};
      let v = local % ${across};
      let p = local / ${across};
      ${each(4 * EACH, (i) => `var sum${i} = vec4f(0.0);`)}
      for (var start = 0; start < ${perSplit}; start += ${step}) {
        for (var i = local; i < ${step * height}; i += ${size}) {
          let pixel = split * ${perSplit} + start + i / ${height};
          let r = first + i % ${height};
          var value = vec4f(0.0);
          if (pixel < ${pixels} && r < ${four}) { ${loadWindow(g, 'pixel', 'r')} }
          x_tile[i] = value;
        }
        for (var i = local; i < ${step * across}; i += ${size}) {
          let pixel = split * ${perSplit} + start + i / ${across};
          var value = vec4f(0.0);
          if (pixel < ${pixels}) { value = ${fourOf('dy', g.outType, 'pixel', `(column + i % ${across})`, g.outputs)}; }
          dy_tile[i] = value;
        }
        workgroupBarrier();
        // What is loaded together is summed apart: fewer roundings at full size.
        ${each(4 * EACH, (i) => `var near${i} = vec4f(0.0);`)}
        for (var k = 0; k < ${step}; k++) {
          let d = dy_tile[k * ${across} + v];
          ${each(
            EACH,
            (i) => `let x${i} = x_tile[k * ${height} + p + ${i * down}];
          ${each(4, (j) => `near${4 * i + j} += x${i}[${j}] * d;`)}`,
          )}
        }
        ${each(4 * EACH, (i) => `sum${i} += near${i};`)}
        workgroupBarrier();
      }
      ${each(4 * EACH, (i) => {
        const m = `(4 * (first + p + ${(i >> 2) * down}) + ${i & 3})`;
        const row = `split * ${rows} + ${m}`;
        const stored = storeFour(
          g.outType,
          row,
          '(column + v)',
          g.outputs,
          `sum${i}`,
          (at, sum) => `store_dw(${at}, ${sum});`,
        );
        return `if (${m} < ${rows}) { ${stored} }`;
      })}`,
    ),
  });
  give();
}
