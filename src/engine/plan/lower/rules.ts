import type { OpKind, Tensor } from '../../../graph/tensor';
import * as common from '../../compiled/arithmetic';
import type { FusedKind } from '../../compiled/fusions/fused';
import { ruleAmong } from '../../compiled/rule';
import * as activation from '../kernels/activation';
import { add, mean } from '../kernels/arithmetic';
import * as contrast from '../kernels/contrast';
import { conv2d } from '../kernels/convolution';
import { depthwiseConv2d } from '../kernels/depthwise';
import { convolveFrozen } from '../kernels/folded_norm';
import * as matrices from '../kernels/matrices';
import * as pooling from '../kernels/pooling';
import * as rows from '../kernels/rows';
import { moments, poolMoments } from '../kernels/statistics';
import type { Lowering, Rule } from './lowering';

/** How each kind of node runs on WebGPU; a norm always as its fused kind, of which it is the plain case. */
const rules: { readonly [K in Exclude<OpKind, 'batchNorm' | 'frozenNorm'> | FusedKind]: Rule<K> } = {
  ...{ ...common, ...contrast, ...matrices, ...pooling, ...rows, ...activation },
  ...{ add, mean, conv2d, depthwiseConv2d, moments, poolMoments, convolveFrozen },
};

export const ruleOf = (node: Tensor) => ruleAmong<Lowering>(rules, node);
