import type { Slot } from '../../compiled/slot';
import type { Dispatch } from '../command';
import { each } from '../each';
import type { Lowering, Store } from '../lowering';
import { widthOf } from '../lowering';
import { divisor, type Geometry, inner } from './geometry';
import { tiledInputGradient } from './tiled_convolution';

export interface InputOperands {
  dy: Slot;
  w: Slot;
  reads: Dispatch['reads'];
  writes: Dispatch['writes'];
  store: Store;
}

/**
 * dx[i] = sum over taps and o of w[i, o] . dy[o], as inner products over output channels, so that the weights are read as
 * they lie. With stride s, pixels whose x differ by s have the same taps: a thread takes such pixels of one parity.
 */
export function inputGradient(to: Lowering, g: Geometry, { dy, w, reads, writes, store }: InputOperands): void {
  const operands = { label: 'conv2d dx', reads: { dy: [dy, g.outType], w: [w, g.outType], ...reads }, writes } as const;
  if (to.tuning.sharing) {
    to.dispatch({ ...operands, flops: to.flops, ...tiledInputGradient(g, store) });
    return;
  }
  const { stride, windowHeight, windowWidth } = g;
  const [top, , left] = g.padding;
  // Columns of one parity; where the width is no multiple of the stride the last ones are not there.
  const places = Math.ceil(g.width / stride);
  const pixels = divisor(places, to.tuning.tile, 4, 2, 3);
  const vectors = divisor(g.inVectors, 2);
  const [across, columns] = [places / pixels, g.inVectors / vectors];
  const whole = g.width % stride === 0;
  const width = widthOf(g.inType);
  const zero = `${g.outType}(0.0)`;
  to.dispatch({
    ...operands,
    threads: g.batch * g.height * across * stride * columns,
    flops: to.flops,
    body: `
      let column = t % ${columns} * ${vectors};
      let parity = t / ${columns} % ${stride};
      let first = t / ${columns * stride} % ${across} * ${pixels};
      let line = t / ${columns * stride * across};
      let row = line % ${g.height};
      let picture = line / ${g.height};
      ${each(pixels, (p) => each(vectors, (v) => `var sum${p}_${v} = ${g.inType}(0.0);`))}
      for (var ky = (row + ${top}) % ${stride}; ky < ${windowHeight}; ky += ${stride}) {
        let down = row + ${top} - ky;
        let above = down / ${stride};
        if (down < 0 || above >= ${g.outHeight}) { continue; }
        let begin = (picture * ${g.outHeight} + above) * ${g.outWidth};
        for (var kx = (parity + ${left}) % ${stride}; kx < ${windowWidth}; kx += ${stride}) {
          // Exact: parity + left - kx is a multiple of the stride.
          let start = first + (parity + ${left} - kx) / ${stride};
          ${each(
            pixels,
            (p) => `let at${p} = (begin + clamp(start + ${p}, 0, ${g.outWidth - 1})) * ${g.outVectors};
          let in${p} = start + ${p} >= 0 && start + ${p} < ${g.outWidth};`,
          )}
          // Each tap is summed apart: fewer roundings at full size.
          ${each(pixels, (p) => each(vectors, (v) => `var tap${p}_${v} = ${g.inType}(0.0);`))}
          for (var co = 0; co < ${g.outVectors}; co++) {
            let weights = ((ky * ${windowWidth} + kx) * ${g.inputs} + column * ${width}) * ${g.outVectors} + co;
            ${each(pixels, (p) => `let d${p} = select(${zero}, load_dy(at${p} + co), in${p});`)}
            ${each(vectors * width, (j) => `let w${j} = load_w(weights + ${j * g.outVectors});`)}
            ${each(pixels, (p) =>
              each(vectors, (v) => {
                const dots = Array.from({ length: width }, (_, j) => inner(`d${p}`, `w${v * width + j}`, g.outType));
                return `tap${p}_${v} += ${g.inType}(${dots.join(', ')});`;
              }),
            )}
          }
          ${each(pixels, (p) => each(vectors, (v) => `sum${p}_${v} += tap${p}_${v};`))}
        }
      }
      let to = line * ${g.width};
      ${each(pixels, (p) => {
        const at = `(first + ${p}) * ${stride} + parity`;
        const stores = each(vectors, (v) => store(`(to + ${at}) * ${g.inVectors} + column + ${v}`, `sum${p}_${v}`));
        return whole ? stores : `if (${at} < ${g.width}) { ${stores} }`;
      })}`,
  });
}
