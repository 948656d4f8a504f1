import { BOTH, DEFINITIONS, type Definition, INPUTS, weightsAtPlaces } from '../../../graph/definitions';
import { elements, type Padding, type Shape, type Tensor } from '../../../graph/tensor';

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
  /** (x [N, I], w [I, O], b [O]) -> relu?(x w + b), [N, O]. */
  affine: { relu: boolean };
  /** (q [N, C], k [N, C], queue [K, C], ids [N], queueIds [K]) -> mean InfoNCE loss with the positive first, []. */
  infoNce: { scale: number };
  /** infoNce -> share of rows whose positive beats every negative, []. */
  infoNceAccuracy: Record<never, never>;
}

export type FusedKind = keyof FusedKinds;

/** What the graph's definitions say of its kinds. */
export const FUSED: Readonly<Record<FusedKind, Definition>> = {
  activate: { derivative: BOTH, half: true },
  activateFrozen: { derivative: BOTH, half: true },
  convolveFrozen: { derivative: null, products: weightsAtPlaces, half: true },
  affine: { ...DEFINITIONS.matMul, derivative: BOTH },
  infoNce: { derivative: INPUTS, products: ({ inputs: [q, , queue] }) => q.shape[0] * elements(queue.shape) },
  infoNceAccuracy: { derivative: null },
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

export type FusedNode<K extends FusedKind> = Omit<Tensor, 'kind' | 'attributes'> & {
  kind: K;
  attributes: FusedKinds[K];
};

/** The node as one of this fused kind, or null. */
export const asFused = <K extends FusedKind>(node: Tensor, kind: K): FusedNode<K> | null =>
  (node.kind as string) === kind ? (node as unknown as FusedNode<K>) : null;
