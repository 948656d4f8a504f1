import type { Tensor } from '../../../graph/tensor';
import { type Rule, whole } from '../lower/lowering';
import { forward } from './convolution';
import { depthwise } from './depthwise';
import { activated, float } from './expression';
import type { Finish } from './finish';
import { geometryOf } from './geometry';

/**
 * activation(gamma (x * w - mean) / s + beta + residual), mean and variance given: the norm is done to sums that are still in
 * registers, in the same order of operations as alone. Scaled weights would be a copy to be made again at every step.
 * There is no derivative: it is made where none is asked for.
 */
export const convolveFrozen: Rule<'convolveFrozen'> = {
  value: (node, to) => {
    const [x, , mean, variance, gamma, beta, residual] = node.inputs.map((input) => to.of(input));
    const w = to.filter(node.inputs[1]);
    const { convolution, epsilon, activation } = node.attributes;
    const g = geometryOf(node);
    const type = g.outType;
    const finish: Finish = {
      label: `${convolution} + norm`,
      reads: {
        mean: [mean, type],
        variance: [variance, type],
        gamma: [gamma, type],
        beta: [beta, type],
        ...(residual ? { residual: [residual, type] } : {}),
      },
      once: (channel) => `
        let centre = load_mean(${channel});
        let gain = load_gamma(${channel}) / sqrt(load_variance(${channel}) + ${float(epsilon)});
        let shift = load_beta(${channel});`,
      value: (sum, at) => {
        const value = `(${sum} - centre) * gain + shift${residual ? ` + load_residual(${at})` : ''}`;
        return activated(value, type, activation);
      },
    };
    const operands = { x, w, into: whole(to.make(node as unknown as Tensor), type), finish };
    if (convolution === 'conv2d') forward(to, g, operands);
    else depthwise(to, g, operands);
  },
};
