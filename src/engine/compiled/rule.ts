import type { Kind, Kinds, Tensor } from '../../graph/tensor';
import type { Pass } from '../schedule';
import type { FusedKind, FusedKinds } from './fusions/fused';
import type { Slot } from './slot';

export type NodeOf<K extends Kind | FusedKind> = Omit<Tensor, 'kind' | 'attributes'> & {
  kind: K;
  attributes: (Kinds & FusedKinds)[K];
};

/** One node to be differentiated; `dy` is the gradient at it. */
export interface Backward<Node> {
  readonly node: Node;
  readonly pass: Pass;
  readonly dy: Slot;
  /** Whether the gradient at inputs[i] is asked for. */
  readonly needs: readonly boolean[];
}

/** How a plan lowers a kind of node: its value, and the derivative beside it. */
export interface Lowered<Node, Lowering> {
  value(node: Node, to: Lowering): void;
  /** A kind without this is constant to the derivative. */
  gradients?(backward: Backward<Node>, to: Lowering): void;
}

/** The rule of a node's kind, the graph's or several in one. Each takes the attributes of its own kind, by which it is looked up. */
export function ruleAmong<Lowering>(rules: object, { kind }: Tensor): Lowered<Tensor, Lowering> {
  if (!Object.hasOwn(rules, kind)) throw new Error(`'${kind}' is no op of this plan`);
  return (rules as Record<string, Lowered<Tensor, Lowering>>)[kind];
}
