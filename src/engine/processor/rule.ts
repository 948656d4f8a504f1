import type { Kind } from '../../graph/tensor';
import type { FusedKind, FusedNode } from '../plan/fusions/fused';
import type { Backward as BackwardTo, Lowered as LoweredTo, NodeOf } from '../rule';
import type { Slot } from './command';
import type { Lowering } from './lowering';

export type Backward<Node> = BackwardTo<Node, Slot>;
export type Lowered<Node> = LoweredTo<Node, Lowering, Slot>;
export type Rule<K extends Kind> = Lowered<NodeOf<K>>;
export type FusedRule<K extends FusedKind> = Lowered<FusedNode<K>>;
