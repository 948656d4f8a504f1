import type { OpKind, Tensor } from '../../graph/tensor';
import type { FusedKind } from '../plan/fusions/fused';
import type { FusedRule, Lowered, Rule } from './rule';
import * as arithmetic from './rules/arithmetic';
import * as contrast from './rules/contrast';
import { depthwiseConv2d } from './rules/depthwise';
import { convolveFrozen } from './rules/folded';
import { matMul } from './rules/matrices';
import { activate, activateFrozen, moments, poolMoments } from './rules/normalisation';
import * as pooling from './rules/pooling';
import { conv2d } from './rules/products';
import * as rows from './rules/rows';

/** How each kind of node runs; a norm always as its fused kind, of which it is the plain case. */
const rules: { readonly [K in Exclude<OpKind, 'batchNorm' | 'frozenNorm'>]: Rule<K> } = {
  ...arithmetic,
  ...contrast,
  ...pooling,
  ...rows,
  ...{ conv2d, depthwiseConv2d, matMul, moments, poolMoments },
};

/** The same for several kinds in one. */
const fusedRules: { readonly [K in FusedKind]: FusedRule<K> } = { activate, activateFrozen, convolveFrozen };

const all: Readonly<Record<string, unknown>> = { ...rules, ...fusedRules };

export function ruleOf(node: Tensor): Lowered<Tensor> {
  if (!Object.hasOwn(all, node.kind)) throw new Error(`'${node.kind}' is no op of the processor's plan`);
  // Each rule takes the attributes of its own kind, which is the kind it was looked up by.
  return all[node.kind] as Lowered<Tensor>;
}
