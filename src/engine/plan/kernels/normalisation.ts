import { elements, type Tensor } from '../../../graph/tensor';
import { float, vectorOf, widthOf } from '../lowering';
import type { Rule } from '../rule';
import { whole } from '../slot';
import { channelsOf, PLACE, rowLoop, threadsOf } from './channels';
import { frozenGradients } from './frozen_gradients';
import { normGradients } from './norm_gradients';
import { momentsOf, partsOf } from './statistics';

export const moments: Rule<'moments'> = {
  value: (node, to) => {
    const self = node as Tensor;
    const [x] = node.inputs;
    // The convolution may have left the parts already.
    const of = to.parts.get(self) ?? partsOf(to, to.of(x), x, node.attributes.groups);
    to.parts.set(self, of);
    // Who can puts the parts together on the way.
    to.later(self, () => whole(momentsOf(to, of)));
  },
  /** d mean = 1 / M, d variance = 2 (x - mean) / M. */
  gradients: ({ node, pass, dy }, to) => {
    const [x] = node.inputs;
    const layout = channelsOf(x.shape, node.attributes.groups, to.tuning);
    const { vectors, rows, type } = layout;
    const { reads, writes, store } = to.into(x, pass, 'dx', type);
    const loop = rowLoop(layout, store('at', `(gradient + (x[at] - mean) * tilt) / ${float(rows)}`));
    to.dispatch({
      label: 'moments gradient',
      reads: { x: [to.of(x), type], moments: [to.of(node as Tensor), type], dy: [dy, type], ...reads },
      writes,
      threads: threadsOf(layout),
      body: `
        ${PLACE(layout)}
        let mean = moments[2 * group * ${vectors} + c];
        let gradient = dy[2 * group * ${vectors} + c];
        let tilt = 2.0 * dy[(2 * group + 1) * ${vectors} + c];
        ${loop}`,
    });
  },
};

/** gamma (x - mean) / sqrt(variance + epsilon) + beta. The mean is taken off first: signs near zero depend on it. */
export const batchNorm: Rule<'batchNorm'> = {
  value: (node, to) => {
    const [x, ofX, gamma, beta] = node.inputs;
    const layout = channelsOf(x.shape, ofX.shape[0], to.tuning);
    const { vectors, type } = layout;
    to.dispatch({
      label: 'batchNorm',
      reads: {
        x: [to.of(x), type],
        moments: [to.of(ofX), type],
        gamma: [to.of(gamma), type],
        beta: [to.of(beta), type],
      },
      writes: { y: [to.make(node as Tensor), type] },
      threads: threadsOf(layout),
      body: `
        ${PLACE(layout)}
        let mean = moments[2 * group * ${vectors} + c];
        let gain = gamma[c] / sqrt(moments[(2 * group + 1) * ${vectors} + c] + ${float(node.attributes.epsilon)});
        let shift = beta[c];
        ${rowLoop(layout, 'y[at] = (x[at] - mean) * gain + shift;')}`,
      inPlace: 'x',
    });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, ofX, gamma, beta] = node.inputs;
    const { epsilon } = node.attributes;
    normGradients(to, {
      pass,
      x,
      ofX,
      gamma,
      beta,
      epsilon,
      dy,
      mask: null,
      needs: { x: needs[0], weights: needs[2] || needs[3] },
    });
  },
};

/** The same with mean and variance given: dx = dy gamma / s. */
export const frozenNorm: Rule<'frozenNorm'> = {
  value: (node, to) => {
    const [x, mean, variance, gamma, beta] = node.inputs;
    const type = vectorOf(elements(gamma.shape));
    const vectors = elements(gamma.shape) / widthOf(type);
    const vector = (tensor: Tensor) => [to.of(tensor), type] as const;
    to.dispatch({
      label: 'frozenNorm',
      reads: { x: vector(x), mean: vector(mean), variance: vector(variance), gamma: vector(gamma), beta: vector(beta) },
      writes: { y: [to.make(node as Tensor), type] },
      threads: elements(x.shape) / widthOf(type),
      body: `
        let c = t % ${vectors};
        y[t] = (x[t] - mean[c]) * (gamma[c] / sqrt(variance[c] + ${float(node.attributes.epsilon)})) + beta[c];`,
      inPlace: 'x',
    });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const { epsilon } = node.attributes;
    frozenGradients(to, { inputs: node.inputs, epsilon, pass, dy, needs, mask: null, also: null });
  },
};

/** Mean over groups of one row of the moments, times the factor: left as a sum for whoever reads it. */
export const poolMoments: Rule<'poolMoments'> = {
  value: (node, to) => {
    const [ofX] = node.inputs;
    const [groups, , channels] = ofX.shape;
    const { row, factor } = node.attributes;
    const slot = to.of(ofX);
    to.set(node as Tensor, {
      slot,
      offset: row * channels,
      count: groups,
      stride: 2 * channels,
      factor: factor / groups,
    });
  },
  gradients: ({ node, pass, dy }, to) => {
    const [ofX] = node.inputs;
    const [groups, , channels] = ofX.shape;
    const { row, factor } = node.attributes;
    const { reads, writes, store } = to.into(ofX, pass, 'dx', 'f32');
    to.dispatch({
      label: 'poolMoments gradient',
      reads: { dy: [dy, 'f32'], ...reads },
      writes,
      threads: groups * 2 * channels,
      body: `
        let own = t / ${channels} % 2 == ${row};
        ${store('t', `select(0.0, dy[t % ${channels}] * ${float(factor / groups)}, own)`)}`,
    });
  },
};
