import type { OpKind } from './tensor';

/** What an op's derivative reads besides dy: kept from the forward pass until the backward pass has been there. */
export interface Remembered {
  readonly inputs: boolean;
  readonly value: boolean;
}

export const NOTHING: Remembered = { inputs: false, value: false };
export const INPUTS: Remembered = { inputs: true, value: false };
export const VALUE: Remembered = { inputs: false, value: true };
export const BOTH: Remembered = { inputs: true, value: true };

/** By kind; null: constant to the derivative. */
export const DERIVATIVES: Readonly<Record<OpKind, Remembered | null>> = {
  conv2d: INPUTS,
  depthwiseConv2d: INPUTS,
  maxPool: BOTH,
  averagePool: NOTHING,
  meanPool: NOTHING,
  upsample2: NOTHING,
  reshape: NOTHING,
  moments: BOTH,
  batchNorm: INPUTS,
  frozenNorm: INPUTS,
  poolMoments: NOTHING,
  matMul: INPUTS,
  add: NOTHING,
  relu: VALUE,
  relu6: VALUE,
  scale: NOTHING,
  addScaled: NOTHING,
  mul: INPUTS,
  exp: VALUE,
  blend: NOTHING,
  unitRows: BOTH,
  rowDot: INPUTS,
  concatColumns: NOTHING,
  concatRows: NOTHING,
  sliceRows: NOTHING,
  gatherRows: INPUTS,
  maskSame: INPUTS,
  crossEntropy: INPUTS,
  isLargest: null,
  semiHard: null,
  mean: NOTHING,
  featureStd: null,
  writeRing: null,
  stopGradient: null,
};
