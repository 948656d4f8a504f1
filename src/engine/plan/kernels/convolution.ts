import { elements, type Tensor } from '../../../graph/tensor';
import { INPUTS } from '../../schedule';
import type { Dispatch } from '../command';
import { type Lowering, widthOf } from '../lowering';
import { each, type NodeOf, type Rule } from '../rule';
import type { Slot } from '../slot';
import { type KernelVariant, partsFor, type Tuning } from '../tuning';
import { filterGradient } from './filter_gradient';
import { AS_IT_IS, type Finish } from './finish';
import { components, convolutionKey, divisor, type Geometry, geometryOf } from './geometry';
import { inputGradient } from './input_gradient';
import { PART_BEGIN, PART_END, PART_ROW } from './statistics';
import { isTileable, tiledConvolution } from './tiled_convolution';

/** Pixels side by side and vectors of output channels that one thread makes at a time: a tile in registers. */
const tileOf = ({ outWidth, outVectors }: Geometry, most: number) => ({
  pixels: divisor(outWidth, most, 4, 2, 3),
  vectors: divisor(outVectors, 2),
});

/** The kernel variants of this convolution; the first runs where nothing was measured. */
export const variantsOf = (g: Geometry, { tile }: Tuning): KernelVariant[] => [
  'direct',
  ...(g.outWidth % (2 * tile) === 0 ? (['long'] as const) : []),
  ...(isTileable(g) ? (['tiled'] as const) : []),
];

/**
 * A thread's tile, and how many partial sums a norm's moments have. A part takes every so many `unit`s of at most four pixels,
 * however wide the tiles are: so these sums, and with them the step, are the same to the last bit for each of them.
 */
function shapeOf(g: Geometry, tuning: Tuning, how: { widths: number; groups: number; sums: boolean }) {
  const { pixels, vectors } = tileOf(g, how.widths * tuning.tile);
  const unit = divisor(pixels, 4, 2, 3);
  const units = ((g.batch / how.groups) * g.outHeight * g.outWidth) / unit;
  const columns = g.outVectors / vectors;
  const wanted = partsFor(tuning, Math.ceil(tuning.threads / (how.groups * columns)));
  const parts = Math.max(1, Math.min(units, wanted));
  const whole = !how.sums || parts % (pixels / unit) === 0;
  return { pixels: whole ? pixels : unit, vectors, unit, parts };
}

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
  const operands = { label: finish.label, reads, flops: g.flops };
  const variant = to.tuning.variantOf(convolutionKey(g, moments?.shape[0] ?? 0));
  if (isTileable(g) && variant === 'tiled') {
    // Its threads have no channel of their own: a norm's sums are left to a pass of theirs.
    to.dispatch({ ...operands, writes: { y: [y, g.outType] }, ...tiledConvolution(g, finish) });
    return;
  }
  const groups = moments?.shape[0] ?? 1;
  const { pixels, vectors, unit, parts } = shapeOf(g, to.tuning, {
    widths: variant === 'long' ? 2 : 1,
    groups,
    sums: !!moments,
  });
  const across = g.outWidth / pixels;
  const tiles = (g.batch / groups) * g.outHeight * across;
  const columns = g.outVectors / vectors;
  // A thread makes the sums of several parts: those of the first pixels of its tiles, of the next ones ...
  const shares = pixels / unit;
  const threads = moments ? parts / shares : tiles;
  const sums = (say: (share: number, v: number) => string): string =>
    moments ? each(shares, (share) => each(vectors, (v) => say(share, v))) : '';
  const writes: Record<string, Dispatch['writes'][string]> = { y: [y, g.outType] };
  if (moments) {
    const slot = to.slot('parts of moments', groups * parts * 2 * g.outputs);
    to.parts.set(moments, { slot, groups, channels: g.outputs, parts, units: tiles * shares, unit });
    writes.parts = [slot, g.outType];
  }
  to.dispatch({
    ...operands,
    label: moments ? 'conv2d + moments' : finish.label,
    writes,
    threads: groups * threads * columns,
    body: `
      let column = t % ${columns} * ${vectors};
      let begin_tile = t / ${columns} % ${threads};
      let group = t / ${columns * threads};
      ${sums((share, v) => renamed(PART_BEGIN(g.outType), share * vectors + v))}
      for (var tile = begin_tile; tile < ${tiles}; tile += ${threads}) {
        let left = tile % ${across} * ${pixels};
        let line = group * ${tiles / across} + tile / ${across};
        ${tile(g, pixels, vectors)}
        let to = (line * ${g.outWidth} + left) * ${g.outVectors} + column;
        ${each(vectors, (v) => finish.once(`column + ${v}`, v))}
        ${each(pixels, (p) =>
          each(vectors, (v) => {
            const at = `to + ${p * g.outVectors + v}`;
            return `y[${at}] = ${finish.value(`sum${p}_${v}`, at, v)};`;
          }),
        )}
        ${sums((share, v) =>
          each(unit, (p) => rowOfPart(g.outType, `sum${share * unit + p}_${v}`, share * vectors + v)),
        )}
      }
      ${sums((share, v) => {
        const part = `begin_tile * ${shares} + ${share}`;
        const at = `((group * ${parts} + ${part}) * 2) * ${g.outVectors} + column + ${v}`;
        return endOfPart(at, g.outVectors, share * vectors + v);
      })}`,
  });
}

/** a + b + c + d as (a + b) + (c + d): one rounding less on the way of each. */
const inPairs = (terms: readonly string[]): string =>
  terms.length === 4 ? `(${terms[0]} + ${terms[1]}) + (${terms[2]} + ${terms[3]})` : terms.join(' + ');

const renamed = (text: string, v: number): string =>
  text.replaceAll(/\b(first|sum|lost|square|count|mean|away|next|added)\b/g, (name) => `${name}${v}`);
const rowOfPart = (type: string, value: string, v: number): string =>
  `{ ${renamed(PART_ROW(type, 'VALUE'), v).replaceAll('VALUE', value)} }`;
const endOfPart = (at: string, vectors: number, v: number): string =>
  `{ ${renamed(PART_END('AT', vectors), v).replaceAll('AT', at)} }`;

/**
 * Statements: sum{pixel}_{vector} of the tile at (line, left). `line` counts rows of all pictures. Each row of the window is
 * summed apart: fewer roundings at full size, and so fewer signs near zero that come out wrong behind the norm.
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
    ${each(pixels, (p) => each(vectors, (v) => `var sum${p}_${v} = ${g.outType}(0.0);`))}
    for (var ky = 0; ky < ${g.windowHeight}; ky++) {
      let row = top + ky;
      if (row < 0 || row >= ${g.height}) { continue; }
      let begin = (picture * ${g.height} + row) * ${g.width};
      ${each(
        seen,
        (i) => `let at${i} = (begin + clamp(start + ${i}, 0, ${g.width - 1})) * ${g.inVectors};
      let in${i} = start + ${i} >= 0 && start + ${i} < ${g.width};`,
      )}
      ${each(pixels, (p) => each(vectors, (v) => `var line${p}_${v} = ${g.outType}(0.0);`))}
      for (var ci = 0; ci < ${g.inVectors}; ci++) {
        ${each(pixels, (p) => each(vectors, (v) => `var near${p}_${v} = ${g.outType}(0.0);`))}
        let weights = (ky * ${g.windowWidth * g.inputs} + ci * ${width}) * ${g.outVectors} + column;
        ${each(seen, (i) => `let x${i} = select(${zero}, x[at${i} + ci], in${i});`)}
        ${each(
          g.windowWidth,
          (kx) => `{
          ${each(width, (j) => each(vectors, (v) => `let w${j}_${v} = w[weights + ${(kx * g.inputs + j) * g.outVectors + v}];`))}
          ${each(pixels, (p) =>
            each(vectors, (v) => {
              const terms = components(`x${p * g.stride + kx}`, g.inType).map((value, j) => `${value} * w${j}_${v}`);
              return `near${p}_${v} ${kx === 0 ? '=' : '+='} ${inPairs(terms)};`;
            }),
          )}
        }`,
        )}
        ${each(pixels, (p) => each(vectors, (v) => `line${p}_${v} += near${p}_${v};`))}
      }
      ${each(pixels, (p) => each(vectors, (v) => `sum${p}_${v} += line${p}_${v};`))}
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
    if (needs[1]) filterGradient(to, g, { x: to.of(x), dy, w, pass, size: elements(w.shape) });
    if (needs[0]) inputGradient(to, g, { dy, w: to.filter(w), ...to.into(x, pass, 'dx', g.inType) });
  },
  remembers: INPUTS,
};
