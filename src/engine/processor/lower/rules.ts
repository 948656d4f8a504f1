import type { OpKind, Tensor } from '../../../graph/tensor';
import * as common from '../../compiled/arithmetic';
import type { FusedKind } from '../../compiled/fusions/fused';
import { ruleAmong } from '../../compiled/rule';
import { add, mean } from '../rules/arithmetic';
import * as contrast from '../rules/contrast';
import { depthwiseConv2d } from '../rules/depthwise';
import { convolveFrozen } from '../rules/folded';
import { matMul } from '../rules/matrices';
import { activate, activateFrozen, moments, poolMoments } from '../rules/normalisation';
import * as pooling from '../rules/pooling';
import { conv2d } from '../rules/products';
import * as rows from '../rules/rows';
import type { Lowering, Rule } from './lowering';

/** How each kind of node runs; a norm always as its fused kind, of which it is the plain case. */
const rules: { readonly [K in Exclude<OpKind, 'batchNorm' | 'frozenNorm'> | FusedKind]: Rule<K> } = {
  ...{ ...common, ...contrast, ...pooling, ...rows },
  ...{ add, mean, conv2d, depthwiseConv2d, matMul, moments, poolMoments, activate, activateFrozen, convolveFrozen },
};

export const ruleOf = (node: Tensor) => ruleAmong<Lowering>(rules, node);
