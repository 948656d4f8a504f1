import type { Shape, Tensor } from '../../../graph/tensor';
import type { Rule } from '../lower/lowering';
import { convolved, filterGradient, inputGradient } from './products';

// Products of matrices are convolutions of pictures of one pixel.

/** Y [N, O] = X [N, I] W [I, O]; X = Y W' is its derivative. */
const convolution = (label: string, rows: number, [inner, outer]: Shape) => ({
  ...{ label, xShape: [rows, 1, 1, inner], weightShape: [1, 1, inner, outer], yShape: [rows, 1, 1, outer] },
  ...{ stride: 1, padding: [0, 0, 0, 0] as const },
});

/** Y = X W, or X W' with transposeRight; dX = dY W', dW = X' dY. */
export const matMul: Rule<'matMul'> = {
  value: (node, to) => {
    const [x, w] = node.inputs;
    const product = node.attributes.transposeRight ? inputGradient : convolved;
    const y = { slot: to.make(node as Tensor), more: false };
    product(to, convolution('matMul', x.shape[0], w.shape), to.of(x), to.of(w), y);
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, w] = node.inputs;
    const { transposeRight } = node.attributes;
    const of = (label: string) => convolution(label, x.shape[0], w.shape);
    if (needs[1])
      to.contribute(w, pass, (dw) => {
        const [left, right] = transposeRight ? [dy, to.of(x)] : [to.of(x), dy];
        filterGradient(to, of('matMul'), left, right, dw);
      });
    const product = transposeRight ? convolved : inputGradient;
    if (needs[0]) product(to, of('matMul dx'), dy, to.of(w), to.into(x, pass));
  },
};
