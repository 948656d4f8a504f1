import type { OpKind } from '../../graph/tensor';
import type { Twin } from './twin';
import {
  add,
  addScaled,
  blend,
  exp,
  matMul,
  mean,
  mul,
  relu,
  relu6,
  rowDot,
  scale,
  stopGradient,
  unitRows,
} from './twins/arithmetic';
import { crossEntropy, featureStd, isLargest, maskSame, semiHard } from './twins/contrast';
import { conv2d, depthwiseConv2d, upsample2 } from './twins/convolution';
import { batchNorm, frozenNorm, moments, poolMoments } from './twins/normalisation';
import { averagePool, maxPool, meanPool } from './twins/pooling';
import { concatColumns, concatRows, gatherRows, reshape, sliceRows, writeRing } from './twins/rows';

/** The twin of every kind of op. A kind without one is a type error here. */
export const twins: { readonly [K in OpKind]: Twin<K> } = {
  conv2d,
  depthwiseConv2d,
  maxPool,
  averagePool,
  meanPool,
  upsample2,
  moments,
  batchNorm,
  frozenNorm,
  poolMoments,
  matMul,
  add,
  relu,
  relu6,
  scale,
  addScaled,
  mul,
  exp,
  blend,
  unitRows,
  rowDot,
  concatColumns,
  concatRows,
  sliceRows,
  gatherRows,
  reshape,
  maskSame,
  crossEntropy,
  isLargest,
  semiHard,
  mean,
  featureStd,
  writeRing,
  stopGradient,
};
