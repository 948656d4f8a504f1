import type { Kind, Kinds, Tensor } from '../../graph/tensor';
import type { Pass } from '../schedule';
import type { FusedKind, FusedNode } from './fusions/fused';
import type { Lowering } from './lowering';
import type { Slot } from './slot';

export type NodeOf<K extends Kind> = Omit<Tensor, 'kind' | 'attributes'> & { kind: K; attributes: Kinds[K] };

/** One node to be differentiated: `dy` is the gradient at it, as one run of elements. */
export interface Backward<Node> {
  readonly node: Node;
  readonly pass: Pass;
  readonly dy: Slot;
  /** Whether the gradient at inputs[i] is asked for. */
  readonly needs: readonly boolean[];
}

/** How a kind of node is lowered to kernels: its value, and the derivative beside it. */
export interface Lowered<Node> {
  value(node: Node, to: Lowering): void;
  /** A kind without this is constant to the derivative. */
  gradients?(backward: Backward<Node>, to: Lowering): void;
}

export type Rule<K extends Kind> = Lowered<NodeOf<K>>;
export type FusedRule<K extends FusedKind> = Lowered<FusedNode<K>>;

/** Text for each of 0 .. count - 1, a line each: loops that are unrolled. */
export const each = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
