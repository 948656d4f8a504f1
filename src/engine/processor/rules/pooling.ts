import type { Shape, Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../compiled/rule';
import type { Slot } from '../../compiled/slot';
import type { Lowering, Rule } from '../lower/lowering';

/** What is made of a window's values; kernels/pooling.ts. */
const WHAT = { maxPool: 0, averagePool: 1, meanPool: 1, sum: 2 };

/** Windows over larger pictures, one for each pixel of the smaller ones. */
interface Windows {
  large: Shape;
  small: Shape;
  height: number;
  width: number;
  stride: number;
  padding: number;
  what: number;
}

/** Parameters of both kernels. */
const parametersOf = (
  x: Slot,
  y: Slot,
  { large: [, rows, columns, channels], small, height, width, stride, padding, what }: Windows,
) => [x, y, rows, columns, small[1], small[2], channels, height, width, stride, padding, what];

const pooled = (to: Lowering, label: string, windows: Windows, x: Slot, y: Slot): void =>
  to.launch('pool', windows.small[0] * windows.small[1], parametersOf(x, y, windows), label);

/** Of the same windows; `x` decides which value was the largest. */
function spreadOut(to: Lowering, label: string, windows: Windows, dy: Slot, dx: Slot, x = dx): void {
  to.each(label, 'fill', dx, dx, { factor: 0 });
  to.launch('poolGradient', windows.large[0], [...parametersOf(dx, dy, windows), x], label);
}

function pooling<K extends 'maxPool' | 'averagePool' | 'meanPool'>(windowsOf: (node: NodeOf<K>) => Windows): Rule<K> {
  return {
    value: (node, to) =>
      pooled(to, node.kind, windowsOf(node), to.of(node.inputs[0]), to.make(node as unknown as Tensor)),
    gradients: ({ node, pass, dy }, to) =>
      to.contribute(node.inputs[0], pass, (dx) => {
        const x = node.kind === 'maxPool' ? to.of(node.inputs[0]) : dx;
        spreadOut(to, `${node.kind} dx`, windowsOf(node), dy, dx, x);
      }),
  };
}

const squares = ({ kind, attributes: { size, ...rest }, inputs: [x], shape }: NodeOf<'maxPool' | 'averagePool'>) => ({
  ...{ large: x.shape, small: shape, height: size, width: size, what: WHAT[kind] },
  ...rest,
});

export const maxPool = pooling<'maxPool'>(squares);
/** Its derivative hands each value a share of every mean it was in. */
export const averagePool = pooling<'averagePool'>(squares);
/** One window over all of a picture. */
export const meanPool = pooling<'meanPool'>(({ inputs: [x] }) => {
  const [pictures, height, width, channels] = x.shape;
  return {
    ...{ large: x.shape, small: [pictures, 1, 1, channels], height, width },
    ...{ stride: 1, padding: 0, what: WHAT.meanPool },
  };
});

/** Each pixel four times: the gradient of summing by four, whose derivative is that sum. */
const fours = ({ inputs: [x], shape }: NodeOf<'upsample2'>): Windows => ({
  ...{ large: shape, small: x.shape, height: 2, width: 2, stride: 2, padding: 0, what: WHAT.sum },
});
export const upsample2: Rule<'upsample2'> = {
  value: (node, to) => spreadOut(to, 'upsample2', fours(node), to.of(node.inputs[0]), to.make(node as Tensor)),
  gradients: ({ node, pass, dy }, to) =>
    to.contribute(node.inputs[0], pass, (dx) => pooled(to, 'upsample2 dx', fours(node), dy, dx)),
};
