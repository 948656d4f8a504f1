import { elements } from '../../../graph/tensor';
import { type Lowering, widthOf } from '../lower/lowering';
import type { InputOperands } from './convolution';
import { each } from './each';
import type { FilterOperands } from './filter_gradient';
import type { Geometry } from './geometry';
import { partialGradient, partsOfGradient } from './split_k';

/** dx = sum of w dy over the windows that see the pixel: a thread for each vector of x. */
export function depthwiseInputGradient(to: Lowering, g: Geometry, operands: InputOperands): void {
  const { dy, w, into } = operands;
  const { stride, windowHeight, windowWidth, outVectors: vectors, outType: type } = g;
  const [above, , before] = g.padding;
  to.dispatch({
    label: 'depthwiseConv2d dx',
    reads: { dy: [dy, type], w: [w, type], ...into.reads },
    writes: into.writes,
    threads: g.batch * g.height * g.width * vectors,
    flops: to.flops,
    body: `
      let c = t % ${vectors};
      let column = t / ${vectors} % ${g.width} + ${before};
      let row = t / ${vectors * g.width} % ${g.height} + ${above};
      let picture = t / ${vectors * g.width * g.height};
      var sum = ${type}(0.0);
      for (var ky = row % ${stride}; ky < min(${windowHeight}, row + 1); ky += ${stride}) {
        let i = (row - ky) / ${stride};
        if (i >= ${g.outHeight}) { continue; }
        for (var kx = column % ${stride}; kx < min(${windowWidth}, column + 1); kx += ${stride}) {
          let j = (column - kx) / ${stride};
          if (j >= ${g.outWidth}) { continue; }
          sum += load_w((ky * ${windowWidth} + kx) * ${vectors} + c) * load_dy(((picture * ${g.outHeight} + i) * ${g.outWidth} + j) * ${vectors} + c);
        }
      }
      ${into.store('t', 'sum')}`,
  });
}

/**
 * dw[ky, kx, c] = sum over pictures and positions of x[c] dy[c]. A thread has one (ky, vector of c), all kx and every
 * `splits`-th line; the splits are left apart: the optimizer adds them up while it reads.
 */
export function depthwiseFilterGradient(to: Lowering, g: Geometry, { x, dy, w, pass }: FilterOperands): void {
  const { stride, windowHeight, windowWidth, outVectors: vectors, outType: type } = g;
  const [above, , before] = g.padding;
  const lines = g.batch * g.outHeight;
  const size = elements(w.shape);
  const splits = partsOfGradient(size, Math.ceil(to.tuning.threads / (windowHeight * vectors)), lines);
  const { slot, give } = partialGradient(to, 'depthwiseConv2d dw', w, pass, splits);
  to.dispatch({
    label: 'depthwiseConv2d dw',
    reads: { x: [x, type], dy: [dy, type] },
    writes: { dw: [slot, type] },
    threads: windowHeight * vectors * splits,
    flops: to.flops,
    body: `
      let c = t % ${vectors};
      let ky = t / ${vectors} % ${windowHeight};
      let split = t / ${windowHeight * vectors};
      ${each(windowWidth, (kx) => `var sum${kx} = ${type}(0.0);`)}
      for (var line = split; line < ${lines}; line += ${splits}) {
        let row = line % ${g.outHeight} * ${stride} + ky - ${above};
        if (row < 0 || row >= ${g.height}) { continue; }
        let begin = (line / ${g.outHeight} * ${g.height} + row) * ${g.width};
        for (var column = 0; column < ${g.outWidth}; column++) {
          let d = load_dy((line * ${g.outWidth} + column) * ${vectors} + c);
          let start = column * ${stride} - ${before};
          ${each(
            windowWidth,
            (kx) =>
              `if (start + ${kx} >= 0 && start + ${kx} < ${g.width}) { sum${kx} += load_x((begin + start + ${kx}) * ${vectors} + c) * d; }`,
          )}
        }
      }
      let to = split * ${size / widthOf(type)} + ky * ${windowWidth * vectors} + c;
      ${each(windowWidth, (kx) => `store_dw(to + ${kx * vectors}, sum${kx});`)}`,
  });
  give();
}
