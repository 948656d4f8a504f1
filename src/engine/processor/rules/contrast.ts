import type { Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../../compiled/rule';
import { bits } from '../lower/command';
import type { Lowering, Rule } from '../lower/lowering';

// A task is a row of logits; kernels/contrast.ts.

export const maskSame: Rule<'maskSame'> = {
  value: (node, to) => {
    const [logits, rows, columns] = node.inputs.map((input) => to.of(input));
    const [count, width] = node.shape;
    const y = to.make(node as Tensor);
    const parameters = [width, logits, rows, rows.elements / count, columns, y, 0, 0];
    to.launch('maskSame', count, parameters);
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    if (!needs[0]) return;
    const [, rows, columns] = node.inputs.map((input) => to.of(input));
    const [count, width] = node.shape;
    const { slot, more } = to.into(node.inputs[0], pass);
    const parameters = [width, dy, rows, rows.elements / count, columns, slot, 1, Number(more)];
    to.launch('maskSame', count, parameters, 'maskSame dx');
  },
};

/** What a kernel named for the node's kind makes of rows, and of the number or row beside each. */
function ofRows(node: NodeOf<'crossEntropy' | 'isLargest' | 'semiHard'>, to: Lowering, also: readonly number[] = []) {
  const [rows, beside] = node.inputs.map((input) => to.of(input));
  const [count, width] = node.inputs[0].shape;
  const y = to.make(node as Tensor);
  const parameters = [width, rows, beside, ...also, y];
  to.launch(node.kind, count, parameters);
}

export const crossEntropy: Rule<'crossEntropy'> = {
  value: (node, to) => ofRows(node, to),
  gradients: ({ node, pass, dy, needs }, to) => {
    const [logits, targets] = node.inputs;
    if (!needs[0]) return;
    const [count, width] = logits.shape;
    const { slot, more } = to.into(logits, pass);
    const parameters = [width, to.of(logits), to.of(targets), dy, slot, Number(more)];
    to.launch('crossEntropyGradient', count, parameters, 'crossEntropy dx');
  },
};

export const isLargest: Rule<'isLargest'> = { value: (node, to) => ofRows(node, to) };

export const semiHard: Rule<'semiHard'> = { value: (node, to) => ofRows(node, to, [bits(node.attributes.window)]) };

export const featureStd: Rule<'featureStd'> = {
  value: (node, to) => {
    const [rows] = node.inputs;
    const y = to.make(node as Tensor);
    const parameters = [...rows.shape, to.of(rows), y];
    to.launch('featureStd', 1, parameters);
  },
};
