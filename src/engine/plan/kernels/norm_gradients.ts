import type { Tensor } from '../../../graph/tensor';
import type { Pass } from '../../schedule';
import type { Dispatch } from '../command';
import type { Activation } from '../fusions/fused';
import { float, type Lowering } from '../lowering';
import type { Slot } from '../slot';
import { behind } from './activated';
import { type Channels, channelsOf, PLACE, rowLoop, threadsOf } from './channels';
import { fewParts } from './statistics';
import { together, togetherIn } from './together';

/** What the activation behind a norm put out: where that let nothing pass, dy counts as 0. */
export interface Mask {
  readonly y: Slot;
  readonly activation: Activation;
}

/** dy[at], behind the mask where there is one, whose values are the operand `mask`. */
export const masked = (mask: Mask | null, type: 'vec4f' | 'f32'): string =>
  mask ? behind('dy[at]', 'mask[at]', type, mask.activation) : 'dy[at]';

/** One batch norm to be differentiated: y = gamma (x - mean) / s + beta, its own or with an activation behind it. */
export interface NormGradients {
  pass: Pass;
  x: Tensor;
  ofX: Tensor;
  gamma: Tensor;
  beta: Tensor;
  epsilon: number;
  dy: Slot;
  mask: Mask | null;
  needs: { x: boolean; weights: boolean };
  /** Gets the masked dy as well: the gradient of what was added behind the norm. */
  also?: Pick<ReturnType<Lowering['into']>, 'reads' | 'writes' | 'store'>;
}

/**
 * dx = gamma / s (g - mean(g) - h mean(g h)) with h = (x - mean) / s and g = dy, means over the group (Ioffe & Szegedy
 * 2015, section 3): the sums of g and g h in parts, then one pass that puts them together and applies them. The sums over
 * all groups are the gradients of beta and gamma.
 */
export function normGradients(to: Lowering, of: NormGradients): void {
  const { pass, x, ofX, gamma, beta, epsilon, dy, mask, needs } = of;
  const layout = channelsOf(x.shape, ofX.shape[0], to.tuning);
  const { groups, rows, channels, vectors, type, parts } = layout;
  const reads: Dispatch['reads'] = {
    x: [to.of(x), type],
    moments: [to.of(ofX), type],
    dy: [dy, type],
    ...(mask ? { mask: [mask.y, type] } : {}),
  };
  const g = masked(mask, type);
  const statistics = `
    let mean = moments[2 * group * ${vectors} + c];
    let inverse = 1.0 / sqrt(moments[(2 * group + 1) * ${vectors} + c] + ${float(epsilon)});`;

  const split = to.slot('parts of norm gradients', groups * parts * 2 * channels);
  to.dispatch({
    label: 'norm sums',
    reads: { ...reads, ...of.also?.reads },
    writes: { sums: [split, type], ...of.also?.writes },
    threads: threadsOf(layout),
    body: `
      ${PLACE(layout)}
      ${statistics}
      var sum = ${type}(0.0);
      var tilt = ${type}(0.0);
      ${rowLoop(
        layout,
        `let g = ${g};
      sum += g;
      tilt += g * (x[at] - mean);
      ${of.also?.store('at', 'g') ?? ''}`,
      )}
      let to = ((group * ${parts} + part) * 2) * ${vectors} + c;
      sums[to] = sum;
      sums[to + ${vectors}] = tilt * inverse;`,
  });

  const sums = to.slot('norm sums', groups * 2 * channels, { home: 'sums' });
  const inline = fewParts(to, layout) && needs.x;
  if (!inline) wholeSums(to, layout, split, sums);
  if (needs.x) {
    const { reads: base, writes, store } = to.into(x, pass, 'dx', type);
    to.dispatch({
      label: 'norm gradient',
      reads: {
        ...reads,
        gamma: [to.of(gamma), type],
        sums: [inline ? split : sums, type],
        ...base,
      },
      writes: { ...writes, ...(inline ? { totals: [sums, type] } : {}) },
      threads: threadsOf(layout),
      body: `
        ${PLACE(layout)}
        ${statistics}
        ${inline ? addedUp(layout) : loaded(layout)}
        let level = sum / ${float(rows)};
        let slant = tilt * inverse / ${float(rows)};
        let gain = gamma[c] * inverse;
        ${rowLoop(
          layout,
          `let g = ${g};
          ${store('at', '(g - level - (x[at] - mean) * slant) * gain')}`,
        )}`,
    });
  }
  if (!needs.weights) return;
  const pooled = { slot: sums, count: groups, stride: 2 * channels, factor: 1 };
  to.give(beta, pass, { ...pooled, offset: 0 });
  to.give(gamma, pass, { ...pooled, offset: channels });
}

/** The parts are added up by everybody who needs them; the first of each channel keeps the sums. */
const addedUp = ({ type, parts, vectors }: Channels): string => `
  var sum = ${type}(0.0);
  var tilt = ${type}(0.0);
  for (var p = 0; p < ${parts}; p++) {
    let begin = ((group * ${parts} + p) * 2) * ${vectors} + c;
    sum += sums[begin];
    tilt += sums[begin + ${vectors}];
  }
  if (part == 0) {
    totals[2 * group * ${vectors} + c] = sum;
    totals[(2 * group + 1) * ${vectors} + c] = tilt;
  }`;

const loaded = ({ vectors }: Channels): string => `
  let sum = sums[2 * group * ${vectors} + c];
  let tilt = sums[(2 * group + 1) * ${vectors} + c];`;

/** [groups, parts, 2, C] -> [groups, 2, C], a workgroup of 64 for each vector. */
export function wholeSums(to: Lowering, { groups, parts, vectors, type }: Channels, split: Slot, sums: Slot): void {
  to.dispatch({
    label: 'norm sums of parts',
    reads: { x: [split, type] },
    writes: { y: [sums, type] },
    workgroups: togetherIn(type, groups * 2 * vectors),
    body: `
      let place = group % ${2 * vectors};
      var part = ${type}(0.0);
      for (var p = local; p < ${parts}; p += 64) { part += x[(group / ${2 * vectors} * ${parts} + p) * ${2 * vectors} + place]; }
      ${together('part', 'total')}
      if (local == 0) { y[group] = total; }`,
  });
}
