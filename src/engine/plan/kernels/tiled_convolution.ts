import type { Dispatch } from '../command';
import { each } from '../each';
import type { Finish } from './finish';
import type { Geometry } from './geometry';
import type { InputOperands } from './input_gradient';
import { fourOf, tiledProduct } from './tiled_product';

/** Whole vec4 of channels on both sides. */
export const isTileable = ({ inType, outType }: Geometry): boolean => inType === 'vec4f' && outType === 'vec4f';

/**
 * The convolution as a product over memory that a workgroup shares: a row for each pixel, gathered for one tap of the window at a
 * time. For devices that share memory in hardware; on a processor that plays a GPU barriers cost more than they save.
 */
export function tiledConvolution(g: Geometry, finish: Finish, moments: boolean): Pick<Dispatch, 'workgroups' | 'body'> {
  const [above, , before] = g.padding;
  const perPicture = g.outHeight * g.outWidth;
  return tiledProduct({
    layers: 1,
    rows: g.batch * perPicture,
    vectors: g.outVectors,
    depth: g.inVectors,
    begin: '',
    taps: g.windowHeight * g.windowWidth,
    place: `let ky = tap / ${g.windowWidth};
      let kx = tap % ${g.windowWidth};`,
    a: `
      let place = row % ${perPicture};
      let y_in = place / ${g.outWidth} * ${g.stride} + ky - ${above};
      let x_in = place % ${g.outWidth} * ${g.stride} + kx - ${before};
      if (y_in >= 0 && y_in < ${g.height} && x_in >= 0 && x_in < ${g.width}) {
        value = load_x(((row / ${perPicture} * ${g.height} + y_in) * ${g.width} + x_in) * ${g.inVectors} + k);
      }`,
    b: {
      begin: `let input = (ky * ${g.windowWidth} + kx) * ${g.inputs} + 4 * k;`,
      row: (j) => `load_w((input + ${j}) * ${g.outVectors} + column + at)`,
    },
    end: finish.once('column + v', 0),
    store: (sum) => `
      let at = row * ${g.outVectors} + column + v;
      store_y(at, ${finish.value(sum, 'at', 0)});`,
    moments,
  });
}

/**
 * dx as such a product of dy and the transposed filters. With stride s, pixels whose x and y differ by multiples of s have the
 * same taps: those of each parity are a layer.
 */
export function tiledInputGradient(g: Geometry, store: InputOperands['store']): Pick<Dispatch, 'workgroups' | 'body'> {
  const { stride, inputs, windowWidth } = g;
  const [top, , left] = g.padding;
  const [down, across] = [g.height, g.width].map((length) => Math.ceil(length / stride));
  const vectors = Math.ceil(inputs / 4);
  const tap = (c: number) => `(ky * ${windowWidth} + kx) * ${inputs} + min(4 * (column + at) + ${c}, ${inputs - 1})`;
  const filters = [0, 1, 2, 3].map((c) => fourOf('w', g.outType, tap(c), 'k', g.outputs));
  return tiledProduct({
    layers: stride * stride,
    rows: g.batch * down * across,
    vectors,
    depth: Math.ceil(g.outputs / 4),
    begin: `
      let odd_y = layer / ${stride};
      let odd_x = layer % ${stride};
      let first_y = (odd_y + ${top}) % ${stride};
      let first_x = (odd_x + ${left}) % ${stride};
      let taps_y = max(0, ${g.windowHeight + stride - 1} - first_y) / ${stride};
      let taps_x = max(0, ${windowWidth + stride - 1} - first_x) / ${stride};`,
    taps: 'taps_y * taps_x',
    place: `
      let ky = first_y + tap / taps_x * ${stride};
      let kx = first_x + tap % taps_x * ${stride};`,
    // Exact: parity + padding - tap is a multiple of the stride.
    a: `
      let place = row % ${down * across};
      let y_out = place / ${across} + (odd_y + ${top} - ky) / ${stride};
      let x_out = place % ${across} + (odd_x + ${left} - kx) / ${stride};
      if (y_out >= 0 && y_out < ${g.outHeight} && x_out >= 0 && x_out < ${g.outWidth}) {
        let pixel = (row / ${down * across} * ${g.outHeight} + y_out) * ${g.outWidth} + x_out;
        value = ${fourOf('dy', g.outType, 'pixel', 'k', g.outputs)};
      }`,
    b: { begin: `let block = transpose(mat4x4f(${filters.join(',\n')}));`, row: (j) => `block[${j}]` },
    end: '',
    store: (sum) => `
      let y_in = row % ${down * across} / ${across} * ${stride} + odd_y;
      let x_in = row % ${across} * ${stride} + odd_x;
      if (y_in < ${g.height} && x_in < ${g.width}) {
        let pixel = (row / ${down * across} * ${g.height} + y_in) * ${g.width} + x_in;
        ${
          g.inType === 'vec4f'
            ? store(`pixel * ${vectors} + column + v`, sum)
            : each(4, (c) => {
                const channel = `4 * (column + v) + ${c}`;
                return `if (${channel} < ${inputs}) { ${store(`pixel * ${inputs} + ${channel}`, `${sum}[${c}]`)} }`;
              })
        }
      }`,
  });
}
