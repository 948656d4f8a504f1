import type { OpKind, Twin } from './twin';
import { add, addScaled, blend, matMul, mean, relu, rowDot, scale, stopGradient, unitRows } from './twins/arithmetic';
import { crossEntropy, isLargest, maskSame, spread } from './twins/contrast';
import { conv2d, maxPool, meanPool } from './twins/convolution';
import { batchNorm, frozenNorm, moments, poolMoments } from './twins/normalisation';
import { concatColumns, concatRows, gatherRows, sliceRows, writeRing } from './twins/rows';

/** The twin of every kind of op. A kind without one is a type error here. */
export const twins: { readonly [K in OpKind]: Twin<K> } = {
  conv2d,
  maxPool,
  meanPool,
  moments,
  batchNorm,
  frozenNorm,
  poolMoments,
  matMul,
  add,
  relu,
  scale,
  addScaled,
  blend,
  unitRows,
  rowDot,
  concatColumns,
  concatRows,
  sliceRows,
  gatherRows,
  maskSame,
  crossEntropy,
  isLargest,
  mean,
  spread,
  writeRing,
  stopGradient,
};
