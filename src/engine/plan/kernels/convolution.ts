import type { Tensor } from '../../../graph/tensor';
import type { Slot } from '../../compiled/slot';
import { type Into, type Lowering, type Rule, whole } from '../lower/lowering';
import type { KernelVariant, Tuning } from '../tune/tuning';
import { filterGradient } from './filter_gradient';
import { asItIs, type Finish } from './finish';
import { convolutionKey, type Geometry, geometryOf, loadWindow, vectorsOfWindow } from './geometry';
import { fourOf, storeFour, tiledProduct } from './tiled_product';

/** Threads of a small workgroup: more of them are under way where a product has few tiles. */
const SMALL = 64;

/** The kernel variants of this convolution; the first runs where nothing was measured. */
export const variantsOf = ({ workgroup }: Tuning): KernelVariant[] =>
  workgroup > SMALL ? ['usual', 'fewer'] : ['usual'];

const workgroupOf = ({ workgroup, variantOf }: Tuning, g: Geometry): number =>
  variantOf(convolutionKey(g)) === 'fewer' ? Math.min(SMALL, workgroup) : workgroup;

export interface ForwardOperands {
  x: Slot;
  w: Slot;
  into: Into;
  finish: Finish;
  /** Parts of the sum, `part` being the index: where `into` has room for them. */
  parts?: number;
}

/**
 * The convolution as a product over memory that a workgroup shares: a row for each pixel, gathered from the places that its
 * window sees.
 */
export function forward(to: Lowering, g: Geometry, { x, w, into, finish, parts }: ForwardOperands): void {
  const rows = g.windowHeight * g.windowWidth * g.inputs;
  to.dispatch({
    label: finish.label,
    reads: { x: [x, g.inType], w: [w, g.outType], ...finish.reads, ...into.reads },
    writes: into.writes,
    flops: to.flops,
    ...tiledProduct(
      {
        parts,
        rows: g.batch * g.outHeight * g.outWidth,
        vectors: Math.ceil(g.outputs / 4),
        depth: vectorsOfWindow(g),
        a: loadWindow(g, 'row', 'k'),
        b: { row: (j) => fourOf('w', g.outType, `min(4 * k + ${j}, ${rows - 1})`, '(column + at)', g.outputs) },
        end: g.outType === 'vec4f' ? finish.once('column + v') : '',
        store: (sum) =>
          storeFour(
            g.outType,
            'row',
            '(column + v)',
            g.outputs,
            sum,
            (index, value, column) => `
              ${g.outType === 'vec4f' ? '' : finish.once(column)}
              let to = ${index};
              ${into.store('to', finish.value(value, 'to'))}`,
          ),
      },
      workgroupOf(to.tuning, g),
    ),
  });
}

export interface InputOperands {
  dy: Slot;
  w: Slot;
  into: Into;
  label?: string;
  parts?: number;
}

/**
 * dx as such a product of dy and the transposed filters. With stride s, pixels whose x and y differ by multiples of s have the
 * same taps: those of each parity are a layer.
 */
export function inputGradient(to: Lowering, g: Geometry, operands: InputOperands): void {
  const { dy, w, into, label = 'conv2d dx', parts } = operands;
  const { stride, inputs, windowHeight, windowWidth } = g;
  const [top, , left] = g.padding;
  const [down, across] = [g.height, g.width].map((length) => Math.ceil(length / stride));
  const vectors = Math.ceil(g.outputs / 4);
  const taps = (first: string, window: number) =>
    stride === 1 ? window : `max(0, ${window + stride - 1} - ${first}) / ${stride}`;
  const tap = `
      let ky = first_y + k / ${vectors} / taps_x * ${stride};
      let kx = first_x + k / ${vectors} % taps_x * ${stride};`;
  const filter = (c: number) => {
    const row = `(ky * ${windowWidth} + kx) * ${inputs} + min(4 * (column + at) + ${c}, ${inputs - 1})`;
    return fourOf('w', g.outType, row, `(k % ${vectors})`, g.outputs);
  };
  const product = tiledProduct(
    {
      layers: stride * stride,
      parts,
      rows: g.batch * down * across,
      vectors: Math.ceil(inputs / 4),
      depth: `taps_y * taps_x * ${vectors}`,
      begin: `
      let odd_y = layer / ${stride};
      let odd_x = layer % ${stride};
      let first_y = (odd_y + ${top}) % ${stride};
      let first_x = (odd_x + ${left}) % ${stride};
      let taps_y = ${taps('first_y', windowHeight)};
      let taps_x = ${taps('first_x', windowWidth)};`,
      // Exact: parity + padding - tap is a multiple of the stride.
      a: `
      ${tap}
      let place = row % ${down * across};
      let y_out = place / ${across} + (odd_y + ${top} - ky) / ${stride};
      let x_out = place % ${across} + (odd_x + ${left} - kx) / ${stride};
      if (y_out >= 0 && y_out < ${g.outHeight} && x_out >= 0 && x_out < ${g.outWidth}) {
        let pixel = (row / ${down * across} * ${g.outHeight} + y_out) * ${g.outWidth} + x_out;
        value = ${fourOf('dy', g.outType, 'pixel', `(k % ${vectors})`, g.outputs)};
      }`,
      b: {
        begin: `${tap} let block = transpose(mat4x4f(${[0, 1, 2, 3].map(filter).join(',\n')}));`,
        row: (j) => `block[${j}]`,
      },
      store: (sum) => `
      let y_in = row % ${down * across} / ${across} * ${stride} + odd_y;
      let x_in = row % ${across} * ${stride} + odd_x;
      if (y_in < ${g.height} && x_in < ${g.width}) {
        let pixel = (row / ${down * across} * ${g.height} + y_in) * ${g.width} + x_in;
        ${storeFour(g.inType, 'pixel', '(column + v)', inputs, sum, into.store)}
      }`,
    },
    to.tuning.workgroup,
  );
  to.dispatch({
    label,
    reads: { dy: [dy, g.outType], w: [w, g.outType], ...into.reads },
    writes: into.writes,
    flops: to.flops,
    ...product,
  });
}

export const conv2d: Rule<'conv2d'> = {
  value: (node, to) => {
    const [x, w] = [to.of(node.inputs[0]), to.filter(node.inputs[1])];
    const g = geometryOf(node);
    forward(to, g, { x, w, into: whole(to.make(node as Tensor), g.outType), finish: asItIs('conv2d') });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, w] = node.inputs;
    const g = geometryOf(node);
    // The filter's gradient first: it reads x, whose memory is then free.
    if (needs[1]) filterGradient(to, g, { x: to.of(x), dy, w, pass });
    if (needs[0]) inputGradient(to, g, { dy, w: to.filter(w), into: to.into(x, pass, 'dx', g.inType) });
  },
};
