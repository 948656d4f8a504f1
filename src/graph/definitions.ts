import { elements, type OpKind, type Tensor } from './tensor';

/** What an op's derivative reads besides dy: kept from the forward pass until the backward pass has been there. */
export interface Remembered {
  readonly inputs: boolean;
  readonly value: boolean;
}

const NOTHING: Remembered = { inputs: false, value: false };
export const INPUTS: Remembered = { inputs: true, value: false };
const VALUE: Remembered = { inputs: false, value: true };
export const BOTH: Remembered = { inputs: true, value: true };

/** What executors ask of a kind of op, beside its shape, which its builder gives. */
export interface Definition {
  /** What its derivative reads besides dy; null: constant to the derivative. */
  readonly derivative: Remembered | null;
  /** Multiply-adds of its value, where they are what it costs; its derivative at each operand costs as much. */
  readonly products?: (node: Pick<Tensor, 'inputs' | 'shape'>) => number;
  /** Whether its maps may be kept in half precision: those of a network's layers; what losses are made of may not. */
  readonly half?: true | 'where its input is';
}

/** Each weight of the right operand once for each place of the result: [N, H', W'] of a convolution, [N] of a product. */
export const weightsAtPlaces: Definition['products'] = ({ inputs: [, weights], shape }) =>
  (elements(shape) / shape[shape.length - 1]) * elements(weights.shape);

/** By kind. */
export const DEFINITIONS: Readonly<Record<OpKind, Definition>> = {
  conv2d: { derivative: INPUTS, products: weightsAtPlaces, half: true },
  depthwiseConv2d: { derivative: INPUTS, products: weightsAtPlaces, half: true },
  // Its derivative looks for the places where the largest values came from: it has to be as exact as they are.
  maxPool: { derivative: BOTH, half: 'where its input is' },
  averagePool: { derivative: NOTHING, half: true },
  meanPool: { derivative: NOTHING },
  upsample2: { derivative: NOTHING, half: true },
  reshape: { derivative: NOTHING },
  // A norm's derivative runs through its moments in closed form; all else reads them for what is no part of a loss.
  moments: { derivative: null },
  batchNorm: { derivative: INPUTS, half: true },
  frozenNorm: { derivative: INPUTS, half: true },
  poolMoments: { derivative: null },
  matMul: { derivative: INPUTS, products: weightsAtPlaces },
  add: { derivative: NOTHING, half: true },
  relu: { derivative: VALUE, half: true },
  relu6: { derivative: VALUE, half: true },
  scale: { derivative: NOTHING },
  addScaled: { derivative: NOTHING },
  mul: { derivative: INPUTS },
  exp: { derivative: VALUE },
  blend: { derivative: null },
  unitRows: { derivative: BOTH },
  rowDot: { derivative: INPUTS },
  concatColumns: { derivative: NOTHING, half: true },
  concatRows: { derivative: NOTHING },
  sliceRows: { derivative: null },
  gatherRows: { derivative: INPUTS },
  maskSame: { derivative: INPUTS },
  crossEntropy: { derivative: INPUTS },
  isLargest: { derivative: null },
  semiHard: { derivative: null },
  mean: { derivative: NOTHING },
  featureStd: { derivative: null },
  writeRing: { derivative: null },
  stopGradient: { derivative: null },
};
