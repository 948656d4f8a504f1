import type { Tensor } from '../../../graph/tensor';
import type { Backward, NodeOf } from '../../compiled/rule';
import type { Slot } from '../../compiled/slot';
import type { Dispatch } from '../lower/command';
import { type Lowering, type Rule, whole } from '../lower/lowering';
import { type Channels, channelsOf, PLACE, rowLoop, threadsOf } from './channels';
import { activated, behind, float } from './expression';
import { sumOfParts } from './parts';

export type Norm = NodeOf<'activate'> | NodeOf<'activateFrozen'>;

/** A norm's operands, and statements that load `mean` and `variance` of (group, c). */
function statisticsOf(node: Norm, to: Lowering) {
  const through = node.kind === 'activate';
  const first = through ? 2 : 3;
  const [gamma, beta, residual] = node.inputs.slice(first) as [Tensor, Tensor, Tensor | undefined];
  const layout = channelsOf(node.shape, through ? node.inputs[1].shape[0] : 1, to.tuning);
  const { vectors, type } = layout;
  const [given, also] = node.inputs.slice(1, 3).map((input) => [to.of(input), type] as const);
  const reads: Dispatch['reads'] = through ? { moments: given } : { means: given, variances: also };
  const code = through
    ? `let mean = load_moments(2 * group * ${vectors} + c);
       let variance = load_moments((2 * group + 1) * ${vectors} + c);`
    : `let mean = load_means(c);
       let variance = load_variances(c);`;
  return { through, first, gamma, beta, residual, layout, reads, code };
}

/** activation(gamma (x - mean) / s + beta + residual). The mean is taken off first: signs near zero depend on it. */
function value(node: Norm, to: Lowering): void {
  const { gamma, beta, residual, layout, reads, code } = statisticsOf(node, to);
  const { epsilon, activation } = node.attributes;
  const { type } = layout;
  const operand = (tensor: Tensor) => [to.of(tensor), type] as const;
  const sum = `(load_x(at) - mean) * gain + shift${residual ? ' + load_residual(at)' : ''}`;
  to.dispatch({
    label: 'norm',
    reads: {
      ...{ x: operand(node.inputs[0]), gamma: operand(gamma), beta: operand(beta), ...reads },
      ...(residual ? { residual: operand(residual) } : {}),
    },
    writes: { y: [to.make(node as unknown as Tensor), type] },
    threads: threadsOf(layout),
    body: `
      ${PLACE(layout)}
      ${code}
      let gain = load_gamma(c) / sqrt(variance + ${float(epsilon)});
      let shift = load_beta(c);
      ${rowLoop(layout, `store_y(at, ${activated(sum, type, activation)});`)}`,
  });
}

/** The gradient behind the norm, dy where the activation let it pass: how it is loaded as `g`. */
function passed(node: Norm, dy: Slot, to: Lowering, { type }: Channels): { reads: Dispatch['reads']; g: string } {
  const { activation } = node.attributes;
  if (!activation) return { reads: { dy: [dy, type] }, g: 'let g = load_dy(at);' };
  const reads = { dy: [dy, type], made: [to.of(node as unknown as Tensor), type] } as const;
  return { reads, g: `let g = ${behind('load_dy(at)', 'load_made(at)', type, activation)};` };
}

/**
 * dx = gamma / s (g - mean(g) - h mean(g h)) with h = (x - mean) / s, means over the group (Ioffe & Szegedy 2015, section 3),
 * without the means where the statistics are given. The sums of g and of g h over all rows are the gradients of beta and
 * gamma; g is that of what was added behind the norm.
 */
function gradients({ node, pass, dy, needs }: Backward<Norm>, to: Lowering): void {
  const { through, first, gamma, beta, residual, layout, reads, code } = statisticsOf(node, to);
  const { groups, rows, channels, vectors, type, parts } = layout;
  const [x] = node.inputs;
  const behindIt = passed(node, dy, to, layout);
  const statistics = `
    ${PLACE(layout)}
    ${code}
    let inverse = 1.0 / sqrt(variance + ${float(node.attributes.epsilon)});`;
  const toResidual = residual && needs[first + 2];
  if (toResidual && !node.attributes.activation) to.give(residual, pass, dy);
  const also = toResidual && node.attributes.activation ? to.into(residual, pass, 'also', type) : null;
  const weights = needs[first] || needs[first + 1];
  const summed = weights || (through && needs[0]);
  const split = to.slot('parts of norm sums', groups * parts * 2 * channels);
  const sums = to.slot('norm sums', groups * 2 * channels, { home: 'sums' });
  if (summed || also)
    to.dispatch({
      label: 'norm sums',
      reads: { ...(summed ? { x: [to.of(x), type] } : {}), ...reads, ...behindIt.reads, ...also?.reads },
      writes: { ...(summed ? { split: [split, type] } : {}), ...also?.writes },
      threads: threadsOf(layout),
      body: `
        ${statistics}
        var sum = ${type}(0.0);
        var tilt = ${type}(0.0);
        ${rowLoop(
          layout,
          `${behindIt.g}
          ${summed ? 'sum += g; tilt += g * (load_x(at) - mean);' : ''}
          ${also?.store('at', 'g') ?? ''}`,
        )}
        let to = ((group * ${parts} + part) * 2) * ${vectors} + c;
        ${summed ? `store_split(to, sum); store_split(to + ${vectors}, tilt * inverse);` : ''}`,
    });
  if (summed) {
    sumOfParts(to, 'norm sums', { groups, parts, vectors: 2 * vectors, type }, split, whole(sums, type));
  }
  if (needs[0]) {
    const into = to.into(x, pass, 'dx', type);
    to.dispatch({
      label: 'norm gradient',
      reads: {
        ...{ ...reads, ...behindIt.reads, gamma: [to.of(gamma), type] },
        ...(through ? { x: [to.of(x), type], sums: [sums, type] } : {}),
        ...into.reads,
      },
      writes: into.writes,
      threads: threadsOf(layout),
      body: `
        ${statistics}
        let gain = load_gamma(c) * inverse;
        ${
          through
            ? `let level = load_sums(2 * group * ${vectors} + c) / ${float(rows)};
        let slant = load_sums((2 * group + 1) * ${vectors} + c) * inverse / ${float(rows)};`
            : ''
        }
        ${rowLoop(
          layout,
          `${behindIt.g}
          ${into.store('at', through ? '(g - level - (load_x(at) - mean) * slant) * gain' : 'g * gain')}`,
        )}`,
    });
  }
  if (!weights) return;
  const pooled = { slot: sums, count: groups, stride: 2 * channels, factor: 1 };
  if (needs[first + 1]) to.give(beta, pass, { ...pooled, offset: 0 });
  if (needs[first]) to.give(gamma, pass, { ...pooled, offset: channels });
}

export const activate: Rule<'activate'> = { value, gradients };
export const activateFrozen: Rule<'activateFrozen'> = { value, gradients };
