import type { Kind, Tensor } from '../../graph/tensor';
import type { Pass } from '../schedule';
import type { Lowering, Operation } from './lowering';
import type { Lowered, NodeOf } from './rule';
import type { Slot } from './slot';

// What every plan lowers alike: arithmetic element by element, and nodes that are another's value.

type Rule<K extends Kind> = Lowered<NodeOf<K>, Lowering>;

const self = (node: NodeOf<Kind>): Tensor => node as Tensor;
const factorOf = (fixed: number | null, { inputs }: NodeOf<Kind>): number | Tensor => fixed ?? inputs[2];

const unary = <K extends 'relu' | 'relu6' | 'exp'>(name: Operation, behind: Operation): Rule<K> => ({
  value: (node, to) => to.each(node.kind, name, to.make(self(node)), to.of(node.inputs[0])),
  gradients: (backward, to) => to.derive(backward, 0, behind, { b: to.of(self(backward.node)) }, true),
});

export const relu = unary<'relu'>('relu', 'behindRelu');
/** Constant below 0 and above 6, there as in PyTorch: at 6 itself too. */
export const relu6 = unary<'relu6'>('relu6', 'behindRelu6');
/** The exponential is its own derivative. */
export const exp = unary<'exp'>('exponential', 'multiply');

export const scale: Rule<'scale'> = {
  value: (node, to) => to.each('scale', 'scale', to.make(self(node)), to.of(node.inputs[0]), node.attributes),
  gradients: (backward, to) => to.derive(backward, 0, 'scale', backward.node.attributes, true),
};

const binary = (node: NodeOf<Kind>, to: Lowering, name: Operation, factor?: number | Tensor): void => {
  const [a, b] = node.inputs.slice(0, 2).map((input) => to.of(input));
  to.each(node.kind, name, to.make(self(node)), a, { b, factor });
};

export const mul: Rule<'mul'> = {
  value: (node, to) => binary(node, to, 'multiply'),
  gradients: (backward, to) => {
    const { node, needs } = backward;
    for (const side of [0, 1])
      if (needs[side]) to.derive(backward, side, 'multiply', { b: to.of(node.inputs[1 - side]) });
  },
};

/** left + factor right. */
export const addScaled: Rule<'addScaled'> = {
  value: (node, to) => binary(node, to, 'addScaled', factorOf(node.attributes.factor, node)),
  gradients: (backward, to) => {
    const { node, pass, dy, needs } = backward;
    if (needs[0]) to.give(node.inputs[0], pass, dy);
    if (needs[1]) to.derive(backward, 1, 'scale', { factor: factorOf(node.attributes.factor, node) });
  },
};

/** left (1 - t) + right t. */
export const blend: Rule<'blend'> = {
  value: (node, to) => binary(node, to, 'blend', factorOf(node.attributes.weight, node)),
};

/** A vector added to every row, and its derivative, the sum of dy over the rows. */
export interface RowVector<To> {
  value(node: Tensor, to: To): void;
  gradient(vector: Tensor, pass: Pass, dy: Slot, to: To): void;
}

export const addition = <To extends Lowering>(vector: RowVector<To>): Lowered<NodeOf<'add'>, To> => ({
  value: (node, to) => {
    const [left, right] = node.inputs;
    if (left.shape.length === right.shape.length) binary(node, to, 'add');
    else vector.value(self(node), to);
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [left, right] = node.inputs;
    if (needs[1] && left.shape.length === right.shape.length) to.give(right, pass, dy);
    else if (needs[1]) vector.gradient(right, pass, dy, to);
    if (needs[0]) to.give(left, pass, dy, !needs[1] && to.owns(self(node), pass));
  },
});

export const stopGradient: Rule<'stopGradient'> = {
  value: (node, to) => to.set(self(node), to.value(node.inputs[0])),
};

/** The same run of elements. */
export const reshape: Rule<'reshape'> = {
  value: (node, to) => to.set(self(node), to.value(node.inputs[0])),
  gradients: ({ node, pass, dy }, to) => to.give(node.inputs[0], pass, dy, to.owns(self(node), pass)),
};
