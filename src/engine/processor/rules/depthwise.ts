import type { Padding, Shape, Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../compiled/rule';
import type { Slot } from '../../compiled/slot';
import type { Lowering, Rule, Target } from '../lower/lowering';
import type { Finish } from './products';

/** Channels of a task of the filters' gradient; kernels/depthwise.ts. */
const CHANNELS = 16;

interface Windows {
  xShape: Shape;
  weightShape: Shape;
  yShape: Shape;
  stride: number;
  padding: Padding;
}

const windows = ({ attributes, inputs: [x, weights], shape }: NodeOf<'depthwiseConv2d'>): Windows => ({
  xShape: x.shape,
  weightShape: weights.shape,
  yShape: shape,
  ...attributes,
});

/** y of x; or backward, x being dy and y dx. */
export function slid(
  to: Lowering,
  { xShape, weightShape, yShape, stride, padding }: Windows,
  x: Slot,
  weights: Slot,
  y: Target,
  finish?: Finish | 'backward',
): void {
  const backward = finish === 'backward';
  const [from, into] = backward ? [yShape, xShape] : [xShape, yShape];
  const [pictures, rows, columns, channels] = into;
  const after = finish === undefined || backward ? [0, 0, 0, 0, 0] : finish;
  const parameters = [
    ...[x, weights, y.slot, from[1], from[2], rows, columns, channels, stride, padding[0], padding[2]],
    ...[weightShape[0], weightShape[1], Number(backward), ...after, Number(y.more)],
  ];
  const label = backward ? 'depthwiseConv2d dx' : 'depthwiseConv2d';
  to.launch('depthwise', pictures * rows, parameters, label, to.flops);
}

export const depthwiseConv2d: Rule<'depthwiseConv2d'> = {
  value: (node, to) => {
    const [x, weights] = node.inputs.map((input) => to.of(input));
    slid(to, windows(node), x, weights, { slot: to.make(node as Tensor), more: false });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, weights] = node.inputs;
    const of = windows(node);
    const { xShape, weightShape, yShape, stride, padding } = of;
    if (needs[1])
      to.contribute(weights, pass, (dw) => {
        const tasks = weightShape[0] * weightShape[1] * Math.ceil(xShape[3] / CHANNELS);
        const parameters = [
          ...[to.of(x), dy, dw, xShape[1], xShape[2], yShape[1], yShape[2], xShape[3], stride],
          ...[padding[0], padding[2], weightShape[1], xShape[0]],
        ];
        to.launch('depthwiseFilterGradient', tasks, parameters, 'depthwiseConv2d dw', to.flops);
      });
    if (needs[0]) slid(to, of, dy, to.of(weights), to.into(x, pass), 'backward');
  },
};
