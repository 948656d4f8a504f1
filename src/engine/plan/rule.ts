import type { Kind } from '../../graph/tensor';
import type { Backward as BackwardTo, Lowered as LoweredTo, NodeOf } from '../rule';
import type { FusedKind, FusedNode } from './fusions/fused';
import type { Lowering } from './lowering';
import type { Slot } from './slot';

/** `dy`: as one run of elements. */
export type Backward<Node> = BackwardTo<Node, Slot>;
export type Lowered<Node> = LoweredTo<Node, Lowering, Slot>;
export type Rule<K extends Kind> = Lowered<NodeOf<K>>;
export type FusedRule<K extends FusedKind> = Lowered<FusedNode<K>>;

/** Text for each of 0 .. count - 1, a line each: loops that are unrolled. */
export const each = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
