import type { NamedAttrMap, NamedTensorMap, Tensor } from '@tensorflow/tfjs-core';
import type { FusedKinds } from '../../plan/fusions/fused';
import { CONVOLVE_FROZEN, FROZEN_NORM, fused } from '../fused';
import { geometry } from './convolution';

// Nodes of several ops, without derivatives; fusing.ts makes them for backends that have the kernels.

const only = (kernel: string, inputs: NamedTensorMap, attributes: object): Tensor => {
  const result = fused(kernel, inputs, attributes as NamedAttrMap);
  if (!result) throw new Error(`${kernel}: not on this backend`);
  return result[0];
};

/** Names the vectors of a norm, and the residual if there is one. */
const named = ([mean, variance, gamma, beta, residual]: readonly Tensor[]): NamedTensorMap => ({
  ...{ mean, variance, gamma, beta },
  ...(residual ? { residual } : {}),
});

interface FusedTwin<K extends keyof FusedKinds> {
  value(call: { attributes: FusedKinds[K]; inputs: readonly Tensor[] }): Tensor;
}

const activateFrozen: FusedTwin<'activateFrozen'> = {
  value: ({ attributes, inputs: [x, ...vectors] }) => only(FROZEN_NORM, { x, ...named(vectors) }, attributes),
};

const convolveFrozen: FusedTwin<'convolveFrozen'> = {
  value: ({ attributes, inputs: [x, filter, ...vectors] }) =>
    only(CONVOLVE_FROZEN, { x, filter, ...named(vectors) }, { ...attributes, ...geometry(attributes) }),
};

export const fusedTwins = { activateFrozen, convolveFrozen };
