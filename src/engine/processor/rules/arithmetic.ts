import { elements, type Tensor } from '../../../graph/tensor';
import { addition } from '../../compiled/arithmetic';
import type { Lowering, Rule } from '../lower/lowering';
import { columnSums } from './normalisation';
import { addToRows } from './rows';

export const add = addition<Lowering>({
  value: (node, to) => {
    const [left, right] = node.inputs.map((input) => to.of(input));
    const y = to.make(node);
    to.copy('add', left, y);
    addToRows(to, right, y);
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
    const [x] = node.inputs;
    const share = to.slot('share of the mean', 1);
    to.each('mean dx', 'scale', share, dy, { factor: 1 / elements(x.shape) });
    to.contribute(x, pass, (dx) => to.each('mean dx', 'fill', dx, dx, { factor: share }));
  },
};
