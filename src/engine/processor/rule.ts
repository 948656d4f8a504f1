import type { Kind, Kinds, Tensor } from '../../graph/tensor';
import type { FusedKind, FusedNode } from '../plan/fusions/fused';
import type { Pass } from '../schedule';
import type { Slot } from './command';
import type { Lowering } from './lowering';

export type NodeOf<K extends Kind> = Omit<Tensor, 'kind' | 'attributes'> & { kind: K; attributes: Kinds[K] };

/** One node to be differentiated; `dy` is the gradient at it. */
export interface Backward<Node> {
  readonly node: Node;
  readonly pass: Pass;
  readonly dy: Slot;
  /** Whether the gradient at inputs[i] is asked for. */
  readonly needs: readonly boolean[];
}

/** How a kind of node is lowered to commands: its value, and the derivative beside it. */
export interface Lowered<Node> {
  value(node: Node, to: Lowering): void;
  /** A kind without this is constant to the derivative. */
  gradients?(backward: Backward<Node>, to: Lowering): void;
}

export type Rule<K extends Kind> = Lowered<NodeOf<K>>;
export type FusedRule<K extends FusedKind> = Lowered<FusedNode<K>>;
