import { elements, type Tensor } from '../../../graph/tensor';
import type { Backward, NodeOf } from '../../compiled/rule';
import type { Slot } from '../../compiled/slot';
import { bits, type Parameter } from '../lower/command';
import type { Lowering, Rule, Target } from '../lower/lowering';

/** Floats of a band, and its most rows; never fewer, however many threads there are: the sums must not depend on them. */
const BAND = 16384;
const MOST_ROWS = 256;

/** What the kernels of kernels/normalisation.ts are told first. */
export interface Bands {
  groups: number;
  /** Rows, and bands, of a group. */
  rows: number;
  channels: number;
  bands: number;
  tasks: number;
  parameters: readonly number[];
}

export function bandsOf(count: number, channels: number, groups = 1): Bands {
  const rows = count / channels / groups;
  const each = Math.min(MOST_ROWS, Math.max(16, Math.floor(BAND / channels)));
  const bands = Math.ceil(rows / each);
  return { groups, rows, channels, bands, tasks: groups * bands, parameters: [rows, channels, each, bands] };
}

const sumsSlot = (to: Lowering, { tasks, channels }: Bands): Slot => to.slot('sums', 4 * tasks * channels);

/** Sums over all rows of each of so many columns: the gradient of a norm's beta. */
export function columnSums(to: Lowering, x: Slot, channels: number, { slot, more }: Target): void {
  const bands = bandsOf(x.elements, channels);
  const sums = sumsSlot(to, bands);
  const { tasks, parameters } = bands;
  to.launch('normSums', tasks, [...parameters, x, x, x, x, 0, to.zeros, 0, sums], 'column sums');
  const written = [0, 0, slot, 0, Number(more)];
  to.launch('mergeNormSums', 1, [...parameters, 1, sums, to.zeros, 0, bits(1), ...written], 'column sums');
}

const channelsOf = ({ shape }: Tensor): number => shape[shape.length - 1];

export const moments: Rule<'moments'> = {
  value: (node, to) => {
    const [x] = node.inputs;
    const bands = bandsOf(elements(x.shape), channelsOf(x), node.attributes.groups);
    const sums = sumsSlot(to, bands);
    const y = to.make(node as Tensor);
    const { tasks, groups, parameters } = bands;
    to.launch('channelSums', tasks, [...parameters, to.of(x), sums], 'moments');
    to.launch('mergeMoments', groups, [...parameters, sums, y], 'moments');
  },
};

export const poolMoments: Rule<'poolMoments'> = {
  value: (node, to) => {
    const y = to.make(node as Tensor);
    const { row, factor } = node.attributes;
    const [groups, , channels] = node.inputs[0].shape;
    to.launch('poolMoments', 1, [groups, channels, to.of(node.inputs[0]), row, bits(factor), y]);
  },
};

/** What is taken off and divided by: by the batch's own moments, or by fixed ones. Strides in bytes from group to group. */
export interface Statistics {
  groups: number;
  mean: Parameter;
  variance: Parameter;
  stride: number;
  epsilon: number;
  gamma: Tensor;
  beta: Tensor;
  residual: Tensor | undefined;
}

type Norm = NodeOf<'activate'> | NodeOf<'activateFrozen'>;

function statisticsOf(node: Norm, to: Lowering): Statistics {
  const { epsilon } = node.attributes;
  if (node.kind === 'activateFrozen') {
    const [, mean, variance, gamma, beta, residual] = node.inputs;
    return {
      ...{ groups: 1, mean: to.of(mean), variance: to.of(variance), stride: 0, epsilon },
      gamma,
      beta,
      residual,
    };
  }
  const [, ofX, gamma, beta, residual] = node.inputs;
  const [groups, , channels] = ofX.shape;
  const mean = to.of(ofX);
  const variance = { slot: mean, offset: 4 * channels };
  return { groups, mean, variance, stride: 8 * channels, epsilon, gamma, beta, residual };
}

/** gamma / sqrt(variance + epsilon), [groups, C]. */
export function gainOf(node: Tensor, { groups, variance, stride, epsilon, gamma }: Statistics, to: Lowering): Slot {
  return to.once(node, 'gain', () => {
    const channels = elements(gamma.shape);
    const slot = to.slot('gain', groups * channels);
    const parameters = [channels, to.of(gamma), variance, bits(epsilon), slot, stride];
    to.launch('gain', groups, parameters, 'norm');
    return slot;
  });
}

/** Flags of kernels/finish.ts. */
export const FINISH = { norm: 1, residual: 2, relu: 4, relu6: 8 } as const;
export const flagOf = (activation: 'relu' | 'relu6' | null): number => (activation ? FINISH[activation] : 0);

function normalised(node: Norm, to: Lowering): void {
  const [x] = node.inputs;
  const statistics = statisticsOf(node, to);
  const { tasks, parameters } = bandsOf(elements(x.shape), channelsOf(x), statistics.groups);
  const gain = gainOf(node as unknown as Tensor, statistics, to);
  const y = to.make(node as unknown as Tensor);
  const { mean, beta, residual, stride } = statistics;
  const flags = FINISH.norm | (residual ? FINISH.residual : 0) | flagOf(node.attributes.activation);
  const added = residual ? to.of(residual) : 0;
  to.launch('normalise', tasks, [...parameters, to.of(x), y, flags, mean, gain, to.of(beta), added, stride], 'norm');
}

/**
 * g = dy where the activation lets it pass, which is the residual's; then d beta = sum g, d gamma = sum g (x - mean) / s and
 * dx = gain (g - mean(g) - (x - mean) mean(g (x - mean)) / s^2), without the means where the statistics are fixed.
 */
function differentiated({ node, pass, dy, needs }: Backward<Norm>, to: Lowering): void {
  const self = node as unknown as Tensor;
  const [x] = node.inputs;
  const statistics = statisticsOf(node, to);
  const { groups, mean, variance, stride, epsilon, gamma, beta, residual } = statistics;
  const bands = bandsOf(elements(x.shape), channelsOf(x), groups);
  const { tasks, parameters, channels } = bands;
  const { activation } = node.attributes;
  const through = node.kind === 'activate';
  const [needsGamma, needsBeta] = [needs[node.inputs.indexOf(gamma)], needs[node.inputs.indexOf(beta)]];
  const wanted = needsGamma || needsBeta || (through && needs[0]);
  const own = to.owns(self, pass);
  const g = activation && !own ? to.slot('norm gradient', dy.elements) : dy;
  const sums = wanted ? sumsSlot(to, bands) : 0;
  const [values, y] = [to.of(x), to.of(self)];
  const label = 'norm gradient';
  if (activation || wanted)
    to.launch('normSums', tasks, [...parameters, values, dy, g, y, flagOf(activation), mean, stride, sums], label);
  const tilt = through && needs[0] ? to.slot('level and tilt', 2 * groups * channels) : 0;
  if (sums) {
    const none = { slot: 0, more: false };
    const [dGamma, dBeta] = [needsGamma ? to.into(gamma, pass) : none, needsBeta ? to.into(beta, pass) : none];
    const written = [tilt, dGamma.slot, dBeta.slot, Number(dGamma.more), Number(dBeta.more)];
    to.launch('mergeNormSums', 1, [...parameters, groups, sums, variance, stride, bits(epsilon), ...written], label);
  }
  if (needs[0]) {
    const gain = gainOf(self, statistics, to);
    const { slot, more } = to.into(x, pass);
    const gains = through ? 4 * channels : 0;
    const given = [g, slot, gain, Number(more), tilt, values, mean, stride, gains];
    to.launch('normGradient', tasks, [...parameters, ...given], label);
  }
  if (residual && needs[node.inputs.length - 1]) to.give(residual, pass, g, own || g !== dy);
}

export const activate: Rule<'activate'> = { value: normalised, gradients: differentiated };
export const activateFrozen: Rule<'activateFrozen'> = { value: normalised, gradients: differentiated };
