import type { OpKind, Tensor } from '../../graph/tensor';
import type { FusedKind } from './fusions/fused';
import * as activation from './kernels/activation';
import * as arithmetic from './kernels/arithmetic';
import { averagePool } from './kernels/average_pool';
import * as contrast from './kernels/contrast';
import { conv2d } from './kernels/convolution';
import { depthwiseConv2d } from './kernels/depthwise';
import { convolveFrozen } from './kernels/folded_norm';
import * as matrices from './kernels/matrices';
import * as pooling from './kernels/pooling';
import * as rows from './kernels/rows';
import { moments, poolMoments } from './kernels/statistics';
import type { FusedRule, Lowered, Rule } from './rule';

/** How each kind of node runs on the plan; a norm always as its fused kind, of which it is the plain case. */
const rules: { readonly [K in Exclude<OpKind, 'batchNorm' | 'frozenNorm'>]: Rule<K> } = {
  ...arithmetic,
  ...contrast,
  ...matrices,
  ...pooling,
  ...rows,
  ...{ conv2d, averagePool, depthwiseConv2d, moments, poolMoments },
};

/** The same for several kinds in one. */
const fusedRules: { readonly [K in FusedKind]: FusedRule<K> } = { ...activation, convolveFrozen };

const all: Readonly<Record<string, unknown>> = { ...rules, ...fusedRules };

export function ruleOf(node: Tensor): Lowered<Tensor> {
  if (!Object.hasOwn(all, node.kind)) throw new Error(`'${node.kind}' is no op of the plan`);
  // Each rule takes the attributes of its own kind, which is the kind it was looked up by.
  return all[node.kind] as Lowered<Tensor>;
}
