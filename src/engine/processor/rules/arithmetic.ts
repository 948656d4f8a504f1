import type { Tensor } from '../../../graph/tensor';
import { addition } from '../../compiled/arithmetic';
import { bits } from '../command';
import { inTasks, type Lowering, type Rule } from '../lowering';
import { columnSums } from './normalisation';

export const add = addition<Lowering>({
  value: (node, to) => {
    const [left, right] = node.inputs;
    const [channels] = right.shape;
    const y = to.make(node);
    const rows = y.elements / channels;
    const { each, tasks } = inTasks(rows, channels);
    const parameters = [rows, each, channels, to.of(left), to.of(right), y];
    to.launch('addVector', tasks, parameters, 'add');
  },
  gradient: (vector, pass, dy, to) => columnSums(to, dy, vector.shape[0], to.into(vector, pass)),
});

export const mean: Rule<'mean'> = {
  value: (node, to) => {
    const y = to.make(node as Tensor);
    const x = to.of(node.inputs[0]);
    to.launch('mean', 1, [x.elements, x, y]);
  },
  gradients: ({ node, pass, dy }, to) => {
    const { slot, more } = to.into(node.inputs[0], pass);
    const { each, tasks } = inTasks(slot.elements, 1);
    const parameters = [slot.elements, each, dy, bits(1 / slot.elements), slot, Number(more)];
    to.launch('meanGradient', tasks, parameters, 'mean dx');
  },
};
