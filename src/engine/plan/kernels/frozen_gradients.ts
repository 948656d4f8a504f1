import type { Tensor } from '../../../graph/tensor';
import type { Pass } from '../../schedule';
import type { Dispatch } from '../command';
import { float, type Lowering } from '../lowering';
import type { Slot } from '../slot';
import { channelsOf, PLACE, rowLoop, threadsOf } from './channels';
import { type Mask, masked, wholeSums } from './norm_gradients';
import { fewParts } from './statistics';

/** One norm by given statistics to be differentiated: y = gamma (x - mean) / s + beta, its own or with an activation behind it. */
interface FrozenGradients {
  /** x, mean, variance, gamma, beta, ... */
  inputs: readonly Tensor[];
  epsilon: number;
  pass: Pass;
  dy: Slot;
  needs: readonly boolean[];
  mask: Mask | null;
  /** What was added behind the norm, if it gets the masked dy. */
  also: Tensor | null;
}

/** Something that one pass over the rows can make: its operands, and statements before, in and after the loop. */
interface Made extends Pick<Dispatch, 'reads' | 'writes'> {
  readonly before?: string;
  readonly each: string;
  readonly after?: string;
}

/** Buffers that every device binds to a kernel. */
const MOST_BOUND = 8;

/**
 * dx = gamma / s g with g = dy behind the mask; the gradients of beta and gamma are the sums of g and g (x - mean) / s over all
 * rows, left in parts for whoever reads them. One pass makes all, or two where it would bind too much.
 */
export function frozenGradients(to: Lowering, { inputs, epsilon, pass, dy, needs, mask, also }: FrozenGradients): void {
  const [x, mean, variance, gamma, beta] = inputs;
  const layout = channelsOf(x.shape, 1, to.tuning);
  const { type, channels, vectors, parts } = layout;
  const operand = (tensor: Tensor) => [to.of(tensor), type] as const;
  const run = (made: readonly Made[]): void =>
    to.dispatch({
      label: 'frozenNorm gradients',
      reads: Object.assign({}, ...made.map(({ reads }) => reads)),
      writes: Object.assign({}, ...made.map(({ writes }) => writes)),
      threads: threadsOf(layout),
      body: `
        ${PLACE(layout)}
        let inverse = 1.0 / sqrt(variance[c] + ${float(epsilon)});
        ${made.map(({ before = '' }) => before).join('\n')}
        ${rowLoop(layout, [`let g = ${masked(mask, type)};`, ...made.map(({ each }) => each)].join('\n'))}
        ${made.map(({ after = '' }) => after).join('\n')}`,
    });
  const given: Made = {
    reads: { dy: [dy, type], variance: operand(variance), ...(mask ? { mask: [mask.y, type] as const } : {}) },
    writes: {},
    each: '',
  };
  const toX = (): Made => {
    const { reads, writes, store } = to.into(x, pass, 'dx', type);
    const before = 'let gain = gamma[c] * inverse;';
    return { reads: { gamma: operand(gamma), ...reads }, writes, before, each: store('at', 'g * gain') };
  };
  const toAlso = (residual: Tensor): Made => {
    const { reads, writes, store } = to.into(residual, pass, 'also', type);
    return { reads, writes, each: store('at', 'g') };
  };
  const few = fewParts(to, layout);
  const split = to.slot('parts of norm gradients', 2 * parts * channels, { home: few ? 'sums' : 'pool' });
  const toWeights = (): Made => ({
    reads: { x: operand(x), mean: operand(mean) },
    writes: { sums: [split, type] },
    before: `
      let centre = mean[c];
      var sum = ${type}(0.0);
      var tilt = ${type}(0.0);`,
    each: `
      sum += g;
      tilt += g * (x[at] - centre);`,
    after: `
      sums[2 * part * ${vectors} + c] = sum;
      sums[(2 * part + 1) * ${vectors} + c] = tilt * inverse;`,
  });
  const weights = needs[3] || needs[4];
  const beside = [...(also ? [toAlso(also)] : []), ...(weights ? [toWeights()] : [])];
  const dx = needs[0] ? [toX()] : [];
  const bound = new Set([given, ...beside, ...dx].flatMap(slotsOf));
  // The residual may be x itself: its gradient is there before dx is added to it.
  const together = !also && bound.size <= MOST_BOUND;
  for (const made of together ? [[...beside, ...dx]] : [beside, dx]) if (made.length > 0) run([given, ...made]);
  if (!weights) return;
  const sums = few ? split : to.slot('norm sums', 2 * channels, { home: 'sums' });
  if (!few) wholeSums(to, layout, split, sums);
  const summed = { slot: sums, count: few ? parts : 1, stride: 2 * channels, factor: 1 };
  if (needs[4]) to.give(beta, pass, { ...summed, offset: 0 });
  if (needs[3]) to.give(gamma, pass, { ...summed, offset: channels });
}

const slotsOf = ({ reads, writes }: Made): Slot[] =>
  [...Object.values(reads), ...Object.values(writes)].map(([slot]) => slot);
