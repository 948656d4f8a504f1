import type { Tensor } from '../../../graph/tensor';
import { bits } from '../command';
import type { Rule } from '../lowering';

// A task is a row of logits; kernels/contrast.ts.

export const maskSame: Rule<'maskSame'> = {
  value: (node, to) => {
    const [logits, rows, columns] = node.inputs.map((input) => to.of(input));
    const [count, width] = node.shape;
    const y = to.make(node as Tensor);
    const parameters = [width, logits, rows, rows.elements / count, columns, y, 0, 0];
    to.launch({ kernel: 'maskSame', label: 'maskSame', tasks: count, parameters, writes: [y] });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    if (!needs[0]) return;
    const [, rows, columns] = node.inputs.map((input) => to.of(input));
    const [count, width] = node.shape;
    const { slot, more } = to.into(node.inputs[0], pass);
    const parameters = [width, dy, rows, rows.elements / count, columns, slot, 1, Number(more)];
    to.launch({ kernel: 'maskSame', label: 'maskSame dx', tasks: count, parameters, writes: [slot] });
  },
};

export const crossEntropy: Rule<'crossEntropy'> = {
  value: (node, to) => {
    const [logits, targets] = node.inputs;
    const [count, width] = logits.shape;
    const y = to.make(node as Tensor);
    const parameters = [width, to.of(logits), to.of(targets), y];
    to.launch({ kernel: 'crossEntropy', label: 'crossEntropy', tasks: count, parameters, writes: [y] });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [logits, targets] = node.inputs;
    if (!needs[0]) return;
    const [count, width] = logits.shape;
    const { slot, more } = to.into(logits, pass);
    const parameters = [width, to.of(logits), to.of(targets), dy, slot, Number(more)];
    to.launch({ kernel: 'crossEntropyGradient', label: 'crossEntropy dx', tasks: count, parameters, writes: [slot] });
  },
};

export const isLargest: Rule<'isLargest'> = {
  value: (node, to) => {
    const [logits, targets] = node.inputs;
    const [count, width] = logits.shape;
    const y = to.make(node as Tensor);
    const parameters = [width, to.of(logits), to.of(targets), y];
    to.launch({ kernel: 'isLargest', label: 'isLargest', tasks: count, parameters, writes: [y] });
  },
};

export const semiHard: Rule<'semiHard'> = {
  value: (node, to) => {
    const [similarities, positives] = node.inputs;
    const [count, width] = similarities.shape;
    const y = to.make(node as Tensor);
    const parameters = [width, to.of(similarities), to.of(positives), bits(node.attributes.window), y];
    to.launch({ kernel: 'semiHard', label: 'semiHard', tasks: count, parameters, writes: [y] });
  },
};

export const featureStd: Rule<'featureStd'> = {
  value: (node, to) => {
    const [rows] = node.inputs;
    const y = to.make(node as Tensor);
    const parameters = [...rows.shape, to.of(rows), y];
    to.launch({ kernel: 'featureStd', label: 'featureStd', tasks: 1, parameters, writes: [y] });
  },
};
