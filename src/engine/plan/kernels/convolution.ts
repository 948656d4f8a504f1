import type { Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../compiled/rule';
import type { Slot } from '../../compiled/slot';
import type { Dispatch } from '../command';
import { each } from '../each';
import type { Rule } from '../lowering';
import { type Lowering, widthOf } from '../lowering';
import type { KernelVariant } from '../tuning';
import { filterGradient } from './filter_gradient';
import { AS_IT_IS, type Finish } from './finish';
import { components, convolutionKey, divisor, type Geometry, geometryOf } from './geometry';
import { inputGradient } from './input_gradient';
import { PART_BEGIN, PART_END, PART_ROW } from './statistics';
import { isTileable, tiledConvolution } from './tiled_convolution';
import { tileOf as tileOfProduct } from './tiled_product';

/** Pixels side by side and vectors of output channels that one thread makes at a time: a tile in registers. */
const tileOf = ({ outWidth, outVectors }: Geometry, most: number) => ({
  pixels: divisor(outWidth, most, 4, 2, 3),
  vectors: divisor(outVectors, 2),
});

/** The kernel variants of this convolution; the first runs where nothing was measured. */
export const variantsOf = (g: Geometry): KernelVariant[] => (isTileable(g) ? ['direct', 'tiled'] : ['direct']);

/** Groups of the batch norm that alone reads this convolution's moments, or null. */
function momentsOf(node: NodeOf<'conv2d'>, to: Lowering): Tensor | null {
  if (!to.tuning.fuse.statistics) return null;
  return to.users.get(node as Tensor)?.find(({ kind }) => kind === 'moments') ?? null;
}

interface Forward {
  x: Slot;
  w: Slot;
  y: Slot;
  /** Of the norm behind it. */
  moments?: Tensor | null;
  finish?: Finish;
}

/**
 * A thread makes tiles of pixels x channels, one after the other; each value of x that it loads serves all the tile's
 * channels, each weight all its pixels. Where a batch norm follows, the thread sums up what it makes on the way.
 */
export function forward(to: Lowering, g: Geometry, { x, w, y, moments = null, finish = AS_IT_IS }: Forward): void {
  const reads = { x: [x, g.inType], w: [w, g.outType], ...finish.reads } as const;
  const operands = { label: finish.label, reads, flops: to.flops };
  const variant = to.tuning.variantOf(convolutionKey(g, moments?.shape[0] ?? 0));
  const groups = moments?.shape[0] ?? 1;
  const writes: Record<string, Dispatch['writes'][string]> = { y: [y, g.outType] };
  const writeParts = (of: Tensor, parts: number, units: number, unit: number): void => {
    const slot = to.slot('parts of moments', groups * parts * 2 * g.outputs);
    to.parts.set(of, { slot, groups, channels: g.outputs, parts, units, unit });
    writes.parts = [slot, g.outType];
  };
  if (isTileable(g) && variant === 'tiled') {
    const parts = (g.batch * g.outHeight * g.outWidth) / groups / tileOfProduct(g.outVectors).height;
    // A tile that is of two groups, or not whole, leaves a norm's sums to a pass of theirs.
    const summed = moments !== null && Number.isInteger(parts);
    if (summed) writeParts(moments, parts, parts, tileOfProduct(g.outVectors).height);
    const label = summed ? 'conv2d + moments' : finish.label;
    to.dispatch({ ...operands, label, writes, ...tiledConvolution(g, finish, summed) });
    return;
  }
  const { pixels, vectors } = tileOf(g, to.tuning.tile);
  const across = g.outWidth / pixels;
  const tiles = (g.batch / groups) * g.outHeight * across;
  const columns = g.outVectors / vectors;
  const parts = Math.min(tiles, Math.ceil(to.tuning.threads / (groups * columns)));
  const threads = moments ? parts : tiles;
  const sums = (say: (v: number) => string): string => (moments ? each(vectors, say) : '');
  if (moments) writeParts(moments, parts, tiles, pixels);
  to.dispatch({
    ...operands,
    label: moments ? 'conv2d + moments' : finish.label,
    writes,
    threads: groups * threads * columns,
    body: `
      let column = t % ${columns} * ${vectors};
      let begin_tile = t / ${columns} % ${threads};
      let group = t / ${columns * threads};
      ${sums((v) => PART_BEGIN(g.outType, v))}
      for (var tile = begin_tile; tile < ${tiles}; tile += ${threads}) {
        let left = tile % ${across} * ${pixels};
        let line = group * ${tiles / across} + tile / ${across};
        ${tile(g, pixels, vectors)}
        let to = (line * ${g.outWidth} + left) * ${g.outVectors} + column;
        ${each(vectors, (v) => finish.once(`column + ${v}`, v))}
        ${each(pixels, (p) =>
          each(vectors, (v) => {
            const at = `to + ${p * g.outVectors + v}`;
            return `store_y(${at}, ${finish.value(`made${p}_${v}`, at, v)});`;
          }),
        )}
        ${sums((v) => each(pixels, (p) => PART_ROW(g.outType, `made${p}_${v}`, v)))}
      }
      ${sums((v) => PART_END(`((group * ${parts} + begin_tile) * 2) * ${g.outVectors} + column + ${v}`, g.outVectors, v))}`,
  });
}

/** a + b + c + d as (a + b) + (c + d): one rounding less on the way of each. */
const inPairs = (terms: readonly string[]): string =>
  terms.length === 4 ? `(${terms[0]} + ${terms[1]}) + (${terms[2]} + ${terms[3]})` : terms.join(' + ');

/**
 * Statements: made{pixel}_{vector} of the tile at (line, left). `line` counts rows of all pictures. What is near in the window
 * is summed apart: fewer roundings at full size.
 */
function tile(g: Geometry, pixels: number, vectors: number): string {
  const seen = (pixels - 1) * g.stride + g.windowWidth;
  const [above, , before] = g.padding;
  const width = widthOf(g.inType);
  const zero = `${g.inType}(0.0)`;
  return `
    let picture = line / ${g.outHeight};
    let top = line % ${g.outHeight} * ${g.stride} - ${above};
    let start = left * ${g.stride} - ${before};
    ${each(pixels, (p) => each(vectors, (v) => `var made${p}_${v} = ${g.outType}(0.0);`))}
    for (var ky = 0; ky < ${g.windowHeight}; ky++) {
      let row = top + ky;
      if (row < 0 || row >= ${g.height}) { continue; }
      let begin = (picture * ${g.height} + row) * ${g.width};
      ${each(
        seen,
        (i) => `let at${i} = (begin + clamp(start + ${i}, 0, ${g.width - 1})) * ${g.inVectors};
      let in${i} = start + ${i} >= 0 && start + ${i} < ${g.width};`,
      )}
      for (var ci = 0; ci < ${g.inVectors}; ci++) {
        ${each(pixels, (p) => each(vectors, (v) => `var near${p}_${v} = ${g.outType}(0.0);`))}
        let weights = (ky * ${g.windowWidth * g.inputs} + ci * ${width}) * ${g.outVectors} + column;
        ${each(seen, (i) => `let x${i} = select(${zero}, load_x(at${i} + ci), in${i});`)}
        ${each(
          g.windowWidth,
          (kx) => `{
          ${each(width, (j) => each(vectors, (v) => `let w${j}_${v} = load_w(weights + ${(kx * g.inputs + j) * g.outVectors + v});`))}
          ${each(pixels, (p) =>
            each(vectors, (v) => {
              const terms = components(`x${p * g.stride + kx}`, g.inType).map((value, j) => `${value} * w${j}_${v}`);
              return `near${p}_${v} ${kx === 0 ? '=' : '+='} ${inPairs(terms)};`;
            }),
          )}
        }`,
        )}
        ${each(pixels, (p) => each(vectors, (v) => `made${p}_${v} += near${p}_${v};`))}
      }
    }`;
}

export const conv2d: Rule<'conv2d'> = {
  value: (node, to) => {
    const [x, w] = [to.of(node.inputs[0]), to.filter(node.inputs[1])];
    forward(to, geometryOf(node), { x, w, y: to.make(node as Tensor), moments: momentsOf(node, to) });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, w] = node.inputs;
    const g = geometryOf(node);
    // The filter's gradient first: it reads x, whose memory is then free.
    if (needs[1]) filterGradient(to, g, { x: to.of(x), dy, w, pass });
    if (needs[0]) inputGradient(to, g, { dy, w: to.filter(w), ...to.into(x, pass, 'dx', g.inType) });
  },
};
