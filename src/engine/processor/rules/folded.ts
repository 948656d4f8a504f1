import type { Tensor } from '../../../graph/tensor';
import type { Rule } from '../lower/lowering';
import { slid } from './depthwise';
import { FINISH, flagOf, gainOf } from './normalisation';
import { convolved, type Finish } from './products';

/** A norm by fixed statistics, and what follows it, done by the convolution before it while its results are at hand. */
export const convolveFrozen: Rule<'convolveFrozen'> = {
  value: (node, to) => {
    const [x, filter, mean, variance, gamma, beta, residual] = node.inputs;
    const { convolution, stride, padding, epsilon, activation } = node.attributes;
    const [values, weights, means] = [x, filter, mean].map((input) => to.of(input));
    const fixed = { groups: 1, mean: means, variance: to.of(variance), stride: 0, epsilon, gamma, beta, residual };
    const self = node as unknown as Tensor;
    const gain = gainOf(self, fixed, to);
    const flags = FINISH.norm | (residual ? FINISH.residual : 0) | flagOf(activation);
    const finish: Finish = [flags, means, gain, to.of(beta), residual ? to.of(residual) : 0];
    const of = { xShape: x.shape, weightShape: filter.shape, yShape: node.shape, stride, padding };
    const y = { slot: to.make(self), more: false };
    if (convolution === 'conv2d') convolved(to, { label: 'conv2d', ...of }, values, weights, y, finish);
    else slid(to, of, values, weights, y, finish);
  },
};
