import type { Kind, Kinds, Tensor } from '../graph/tensor';
import type { Pass } from './schedule';

export type NodeOf<K extends Kind> = Omit<Tensor, 'kind' | 'attributes'> & { kind: K; attributes: Kinds[K] };

/** One node to be differentiated; `dy` is the gradient at it. */
export interface Backward<Node, Slot> {
  readonly node: Node;
  readonly pass: Pass;
  readonly dy: Slot;
  /** Whether the gradient at inputs[i] is asked for. */
  readonly needs: readonly boolean[];
}

/** How a plan lowers a kind of node: its value, and the derivative beside it. */
export interface Lowered<Node, Lowering, Slot> {
  value(node: Node, to: Lowering): void;
  /** A kind without this is constant to the derivative. */
  gradients?(backward: Backward<Node, Slot>, to: Lowering): void;
}
