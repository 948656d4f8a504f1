import type { Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../rule';
import { bits, type Operation, type Slot } from '../command';
import { inTasks, type Lowering } from '../lowering';
import type { Backward, Rule } from '../rule';
import { columnSums } from './normalisation';

type Unary = 'relu' | 'relu6' | 'exp' | 'scale';

/** dy, changed element by element: in its own place where nobody else reads it. */
function changed<K extends Unary>(
  { node, pass, dy }: Backward<NodeOf<K>>,
  to: Lowering,
  name: Operation['name'],
  operands: Pick<Operation, 'b' | 'factor'>,
): void {
  const own = to.owns(node as Tensor, pass);
  const y = own ? dy : to.slot(`${node.kind} gradient`, dy.elements);
  to.each(`${node.kind} dx`, name, y, dy, operands);
  to.give(node.inputs[0], pass, y, true);
}

const unary = <K extends Unary>(name: Operation['name'], behind: Operation['name']): Rule<K> => ({
  value: (node, to) => to.each(node.kind, name, to.make(node as Tensor), to.of(node.inputs[0])),
  gradients: (backward, to) => changed(backward, to, behind, { b: to.of(backward.node as Tensor) }),
});

export const relu = unary<'relu'>('relu', 'behindRelu');
/** Constant below 0 and above 6, there as in PyTorch: at 6 itself too. */
export const relu6 = unary<'relu6'>('relu6', 'behindRelu6');
/** The exponential is its own derivative. */
export const exp = unary<'exp'>('exponential', 'multiply');

export const scale: Rule<'scale'> = {
  value: (node, to) => to.each('scale', 'scale', to.make(node as Tensor), to.of(node.inputs[0]), node.attributes),
  gradients: (backward, to) => changed(backward, to, 'scale', backward.node.attributes),
};

export const mul: Rule<'mul'> = {
  value: (node, to) => {
    const [left, right] = node.inputs;
    to.each('mul', 'multiply', to.make(node as Tensor), to.of(left), { b: to.of(right) });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [left, right] = node.inputs;
    const times = (of: Tensor, other: Tensor) =>
      to.contribute(of, pass, (slot) => to.each('mul gradient', 'multiply', slot, dy, { b: to.of(other) }));
    if (needs[0]) times(left, right);
    if (needs[1]) times(right, left);
  },
};

/** The right side may be a vector that is added to every row: its derivative is the sum over the rows. */
export const add: Rule<'add'> = {
  value: (node, to) => {
    const [left, right] = node.inputs;
    const y = to.make(node as Tensor);
    if (right.shape.length === left.shape.length) {
      to.each('add', 'add', y, to.of(left), { b: to.of(right) });
      return;
    }
    const [channels] = right.shape;
    const rows = y.elements / channels;
    const { each, tasks } = inTasks(rows, channels);
    const parameters = [rows, each, channels, to.of(left), to.of(right), y];
    to.launch({ kernel: 'addVector', label: 'add', tasks, parameters, writes: [y] });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [left, right] = node.inputs;
    if (needs[1]) {
      if (right.shape.length === left.shape.length) to.give(right, pass, dy);
      else columnSums(to, dy, right.shape[0], to.into(right, pass));
    }
    if (needs[0]) to.give(left, pass, dy, !needs[1] && to.owns(node as Tensor, pass));
  },
};

const factorOf = (fixed: number | null, node: Tensor, to: Lowering): number | Slot => fixed ?? to.of(node.inputs[2]);

/** left + factor right. */
export const addScaled: Rule<'addScaled'> = {
  value: (node, to) => {
    const [left, right] = node.inputs.map((input) => to.of(input));
    const factor = factorOf(node.attributes.factor, node as Tensor, to);
    to.each('addScaled', 'addScaled', to.make(node as Tensor), left, { b: right, factor });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const factor = factorOf(node.attributes.factor, node as Tensor, to);
    if (needs[0]) to.give(node.inputs[0], pass, dy);
    if (needs[1])
      to.contribute(node.inputs[1], pass, (slot) => to.each('addScaled gradient', 'scale', slot, dy, { factor }));
  },
};

/** left (1 - t) + right t. */
export const blend: Rule<'blend'> = {
  value: (node, to) => {
    const [left, right] = node.inputs.map((input) => to.of(input));
    const factor = factorOf(node.attributes.weight, node as Tensor, to);
    to.each('blend', 'blend', to.make(node as Tensor), left, { b: right, factor });
  },
};

export const mean: Rule<'mean'> = {
  value: (node, to) => {
    const y = to.make(node as Tensor);
    const x = to.of(node.inputs[0]);
    to.launch({ kernel: 'mean', label: 'mean', tasks: 1, parameters: [x.elements, x, y], writes: [y] });
  },
  gradients: ({ node, pass, dy }, to) => {
    const { slot, more } = to.into(node.inputs[0], pass);
    const { each, tasks } = inTasks(slot.elements, 1);
    const parameters = [slot.elements, each, dy, bits(1 / slot.elements), slot, Number(more)];
    to.launch({ kernel: 'meanGradient', label: 'mean dx', tasks, parameters, writes: [slot] });
  },
};

export const stopGradient: Rule<'stopGradient'> = {
  value: (node, to) => to.set(node as Tensor, to.of(node.inputs[0])),
};

export const reshape: Rule<'reshape'> = {
  value: (node, to) => to.set(node as Tensor, to.of(node.inputs[0])),
  gradients: ({ node, pass, dy }, to) => to.give(node.inputs[0], pass, dy, to.owns(node as Tensor, pass)),
};
