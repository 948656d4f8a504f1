import type { Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../compiled/rule';
import type { Slot } from '../../compiled/slot';
import { bits } from '../command';
import type { Lowering, Rule } from '../lowering';

type Pool = NodeOf<'maxPool'> | NodeOf<'averagePool'>;

/** What both kernels of kernels/pooling.ts are told after x and y. */
const windows = ({ kind, attributes: { size, stride, padding }, inputs: [x], shape }: Pool): number[] => [
  ...[x.shape[1], x.shape[2], shape[1], shape[2], shape[3]],
  ...[size, stride, padding, Number(kind === 'averagePool')],
];

function pooled(node: Pool, to: Lowering): void {
  const y = to.make(node as Tensor);
  const parameters = [to.of(node.inputs[0]), y, ...windows(node)];
  to.launch('pool', node.shape[0] * node.shape[1], parameters, node.kind);
}

function spreadOut(node: Pool, dy: Slot, to: Lowering, dx: Slot): void {
  to.each(`${node.kind} dx`, 'fill', dx, dx, { factor: 0 });
  const parameters = [dx, dy, ...windows(node), to.of(node.inputs[0])];
  to.launch('poolGradient', node.shape[0], parameters, `${node.kind} dx`);
}

export const maxPool: Rule<'maxPool'> = {
  value: pooled,
  gradients: ({ node, pass, dy }, to) => to.contribute(node.inputs[0], pass, (dx) => spreadOut(node, dy, to, dx)),
};

/** Its derivative hands each value a share of every mean it was in. */
export const averagePool: Rule<'averagePool'> = {
  value: pooled,
  gradients: ({ node, pass, dy }, to) => to.contribute(node.inputs[0], pass, (dx) => spreadOut(node, dy, to, dx)),
};

/** Each of the H W positions has the same share of the mean. */
export const meanPool: Rule<'meanPool'> = {
  value: (node, to) => {
    const y = to.make(node as Tensor);
    const [pictures, height, width, channels] = node.inputs[0].shape;
    const parameters = [height * width, channels, to.of(node.inputs[0]), y];
    to.launch('meanPool', pictures, parameters);
  },
  gradients: ({ node, pass, dy }, to) => {
    const [pictures, height, width, channels] = node.inputs[0].shape;
    const { slot, more } = to.into(node.inputs[0], pass);
    const parameters = [height * width, channels, dy, slot, bits(1 / (height * width)), Number(more)];
    to.launch('meanPoolGradient', pictures, parameters, 'meanPool dx');
  },
};

export const upsample2: Rule<'upsample2'> = {
  value: (node, to) => {
    const y = to.make(node as Tensor);
    const [pictures, height, width, channels] = node.inputs[0].shape;
    const parameters = [to.of(node.inputs[0]), y, width, 4 * channels, 0, 0];
    to.launch('upsample', pictures * height, parameters, 'upsample2');
  },
  gradients: ({ node, pass, dy }, to) => {
    const [pictures, height, width, channels] = node.inputs[0].shape;
    const { slot, more } = to.into(node.inputs[0], pass);
    const parameters = [slot, dy, width, 4 * channels, 1, Number(more)];
    to.launch('upsample', pictures * height, parameters, 'upsample2 dx');
  },
};
