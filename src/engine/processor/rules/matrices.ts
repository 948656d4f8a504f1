import type { Shape, Tensor } from '../../../graph/tensor';
import type { Slot } from '../../compiled/slot';
import type { Lowering, Rule, Target } from '../lowering';
import { filterGradient, product } from './products';

// Products of matrices are convolutions of pictures of one pixel.

/** [R, C] as pictures of one pixel, and [I, O] as a filter of one tap. */
const pixels = ([rows, channels]: Shape): Shape => [rows, 1, 1, channels];
const filter = ([inner, outer]: Shape): Shape => [1, 1, inner, outer];
const TAP = [{ tap: 0, down: 0, across: 0 }];

/** Y = X W, or X W' with `turned`. */
function multiplied(
  to: Lowering,
  label: string,
  x: Slot,
  w: Slot,
  shapes: readonly [Shape, Shape],
  y: Target,
  turned: boolean,
) {
  const [xShape, wShape] = shapes;
  const yShape = pixels([xShape[0], turned ? wShape[0] : wShape[1]]);
  product(to, {
    ...{ label, x, xShape: pixels(xShape), weights: w, weightShape: filter(wShape), y, yShape, turned },
    ...{ places: [1, 1], stride: 1, taps: TAP },
  });
}

/** A' B of rows [N, I] and [N, O]. */
function crossed(to: Lowering, a: Slot, b: Slot, [aShape, bShape]: readonly [Shape, Shape], y: Slot): void {
  const weightShape = filter([aShape[1], bShape[1]]);
  const shapes = { xShape: pixels(aShape), weightShape, yShape: pixels(bShape) };
  filterGradient(to, { label: 'matMul', ...shapes, stride: 1, padding: [0, 0, 0, 0] }, a, b, y);
}

/** Y = X W, or X W' with transposeRight; dX = dY W', dW = X' dY. */
export const matMul: Rule<'matMul'> = {
  value: (node, to) => {
    const [x, w] = node.inputs;
    const y = { slot: to.make(node as Tensor), more: false };
    multiplied(to, 'matMul', to.of(x), to.of(w), [x.shape, w.shape], y, node.attributes.transposeRight);
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, w] = node.inputs;
    const { transposeRight } = node.attributes;
    if (needs[1])
      to.contribute(w, pass, (dw) =>
        transposeRight
          ? crossed(to, dy, to.of(x), [node.shape, x.shape], dw)
          : crossed(to, to.of(x), dy, [x.shape, node.shape], dw),
      );
    if (needs[0]) multiplied(to, 'matMul dx', dy, to.of(w), [node.shape, w.shape], to.into(x, pass), !transposeRight);
  },
};
