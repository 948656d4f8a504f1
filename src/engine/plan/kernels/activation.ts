import { elements, type Tensor } from '../../../graph/tensor';
import type { Dispatch } from '../command';
import type { FusedNode } from '../fusions/fused';
import { float, type Lowering, vectorOf, widthOf } from '../lowering';
import type { FusedRule } from '../rule';
import { type Slot, whole } from '../slot';
import { activated } from './activated';
import { channelsOf, PLACE, rowLoop, threadsOf } from './channels';
import { frozenGradients } from './frozen_gradients';
import { type Mask, normGradients } from './norm_gradients';
import { combined, fewParts, storeMoments } from './statistics';

/** Where the moments come from: their parts, put together on the way and kept by the first thread of each channel. */
function statistics(
  to: Lowering,
  ofX: Tensor,
  vectors: number,
  type: 'vec4f' | 'f32',
): { reads: Dispatch['reads']; writes: Dispatch['writes']; code: string } {
  const parts = to.parts.get(ofX);
  if (to.has(ofX) || !parts || !fewParts(to, parts)) {
    const code = `
      let mean = moments[2 * group * ${vectors} + c];
      let variance = moments[(2 * group + 1) * ${vectors} + c];`;
    return { reads: { moments: [to.of(ofX), type] }, writes: {}, code };
  }
  const slot = to.slot('moments', parts.groups * 2 * parts.channels, { home: 'sums' });
  to.set(ofX, whole(slot));
  const code = `${combined(parts, 'parts')}
    if (part == 0) { ${storeMoments('moments', vectors)} }`;
  return { reads: { parts: [parts.slot, type] }, writes: { moments: [slot, type] }, code };
}

/** activation(gamma (x - mean) / s + beta + residual) in one pass. */
export const activate: FusedRule<'activate'> = {
  value: (node, to) => {
    const [x, ofX, gamma, beta, residual] = node.inputs;
    const { epsilon, activation } = node.attributes;
    const layout = channelsOf(x.shape, ofX.shape[0], to.tuning);
    const { vectors, type } = layout;
    const { reads, writes, code } = statistics(to, ofX, vectors, type);
    const value = `(x[at] - mean) * gain + shift${residual ? ' + residual[at]' : ''}`;
    to.dispatch({
      label: 'norm + activation',
      reads: {
        x: [to.of(x), type],
        gamma: [to.of(gamma), type],
        beta: [to.of(beta), type],
        ...reads,
        ...(residual ? { residual: [to.of(residual), type] } : {}),
      },
      writes: { y: [made(to, node), type], ...writes },
      threads: threadsOf(layout),
      body: `
        ${PLACE(layout)}
        ${code}
        let gain = gamma[c] / sqrt(variance + ${float(epsilon)});
        let shift = beta[c];
        ${rowLoop(layout, `y[at] = ${activated(value, type, activation)};`)}`,
    });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const [x, ofX, gamma, beta, residual] = node.inputs;
    const { epsilon } = node.attributes;
    const mask = maskOf(to, node);
    const { type } = channelsOf(x.shape, ofX.shape[0], to.tuning);
    if (residual && needs[4] && !mask) to.give(residual, pass, whole(dy));
    const also = residual && needs[4] && mask ? to.into(residual, pass, 'also', type) : undefined;
    const wanted = { x: needs[0], weights: needs[2] || needs[3] };
    normGradients(to, { pass, x, ofX, gamma, beta, epsilon, dy, mask, needs: wanted, ...(also ? { also } : {}) });
  },
};

/** The same with mean and variance given. */
export const activateFrozen: FusedRule<'activateFrozen'> = {
  value: (node, to) => {
    const [x, mean, variance, gamma, beta, residual] = node.inputs;
    const { epsilon, activation } = node.attributes;
    const type = vectorOf(elements(gamma.shape));
    const vectors = elements(gamma.shape) / widthOf(type);
    const operand = (tensor: Tensor): readonly [Slot, typeof type] => [to.of(tensor), type];
    const value = `(x[t] - mean[c]) * (gamma[c] / sqrt(variance[c] + ${float(epsilon)})) + beta[c]${residual ? ' + residual[t]' : ''}`;
    to.dispatch({
      label: 'norm + activation',
      reads: {
        x: operand(x),
        mean: operand(mean),
        variance: operand(variance),
        gamma: operand(gamma),
        beta: operand(beta),
        ...(residual ? { residual: operand(residual) } : {}),
      },
      writes: { y: [made(to, node), type] },
      threads: elements(x.shape) / widthOf(type),
      body: `
        let c = t % ${vectors};
        y[t] = ${activated(value, type, activation)};`,
    });
  },
  gradients: ({ node, pass, dy, needs }, to) => {
    const residual = node.inputs.at(5);
    const mask = maskOf(to, node);
    if (residual && needs[5] && !mask) to.give(residual, pass, whole(dy));
    const also = residual && needs[5] && mask ? residual : null;
    frozenGradients(to, { inputs: node.inputs, epsilon: node.attributes.epsilon, pass, dy, needs, mask, also });
  },
};

type Activated = FusedNode<'activate'> | FusedNode<'activateFrozen'>;

/** What decides where the gradient passes the activation. */
const maskOf = (to: Lowering, node: Activated): Mask | null => {
  const { activation } = node.attributes;
  return activation && { y: to.of(node as unknown as Tensor), activation };
};

const made = (to: Lowering, node: Activated): Slot => to.make(node as unknown as Tensor);
