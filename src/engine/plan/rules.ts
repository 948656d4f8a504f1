import type { Tensor } from '../../graph/tensor';
import * as arithmetic from './kernels/arithmetic';
import * as contrast from './kernels/contrast';
import { conv2d } from './kernels/convolution';
import * as matrices from './kernels/matrices';
import * as normalisation from './kernels/normalisation';
import * as pooling from './kernels/pooling';
import * as rows from './kernels/rows';
import type { OpKind, Rule } from './rule';

/** How each kind of node runs on the plan. */
const rules: { readonly [K in OpKind]: Rule<K> } = {
  ...arithmetic,
  ...contrast,
  ...matrices,
  ...normalisation,
  ...pooling,
  ...rows,
  conv2d,
};

export function ruleOf(node: Tensor): Rule<OpKind> {
  if (!Object.hasOwn(rules, node.kind)) throw new Error(`'${node.kind}' is no op of the plan`);
  // Each rule takes the attributes of its own kind, which is the kind it was looked up by.
  return rules[node.kind as OpKind] as unknown as Rule<OpKind>;
}

/** For the schedule: a kind without `slopes` ends the derivative. */
export const remembers = (node: Tensor) => {
  if (node.kind === 'gradient') return null;
  const rule = ruleOf(node);
  return rule.slopes ? rule.remembers : null;
};
