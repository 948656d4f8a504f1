import { BOTH, type Definition, weightsAtPlaces } from '../../../graph/definitions';
import type { Padding, Shape, Tensor } from '../../../graph/tensor';
import type { NodeOf } from '../rule';

/** What is done to each value behind a norm. */
export type Activation = 'relu' | 'relu6';

/** Kinds of nodes that only the plan knows: several of the graph's in one. */
export interface FusedKinds {
  /** (x, moments(x), gamma, beta[, residual]) -> activation(batchNorm(x) + residual), x's shape. */
  activate: { epsilon: number; activation: Activation | null };
  /** (x, mean, variance, gamma, beta[, residual]) -> activation(frozenNorm(x) + residual), x's shape. */
  activateFrozen: { epsilon: number; activation: Activation | null };
  /**
   * (x, w, mean, variance, gamma, beta[, residual]) -> activation(frozenNorm(convolution(x, w)) + residual), of either kind
   * of convolution; without derivative.
   */
  convolveFrozen: {
    convolution: 'conv2d' | 'depthwiseConv2d';
    stride: number;
    padding: Padding;
    epsilon: number;
    activation: Activation | null;
  };
}

export type FusedKind = keyof FusedKinds;

/** What the graph's definitions say of its kinds. */
export const FUSED: Readonly<Record<FusedKind, Definition>> = {
  activate: { derivative: BOTH, half: true },
  activateFrozen: { derivative: BOTH, half: true },
  convolveFrozen: { derivative: null, products: weightsAtPlaces, half: true },
};

/** A fused node passes for a graph's: whoever meets it looks its kind up among the plan's rules. */
export function fusedNode<K extends FusedKind>(
  kind: K,
  attributes: FusedKinds[K],
  inputs: readonly Tensor[],
  shape: Shape,
): Tensor {
  return { kind, attributes, inputs, shape, dtype: 'float32' } as unknown as Tensor;
}

/** The node as one of this fused kind, or null. */
export const asFused = <K extends FusedKind>(node: Tensor, kind: K): NodeOf<K> | null =>
  (node.kind as string) === kind ? (node as unknown as NodeOf<K>) : null;
