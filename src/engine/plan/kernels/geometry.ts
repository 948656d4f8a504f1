import type { Padding, Tensor } from '../../../graph/tensor';
import { vectorOf, widthOf } from '../lowering';

/** Sizes of one convolution: x [N, H, W, I] * w [h, w, I, O] -> y [N, H', W', O]; a depthwise one has w [h, w, C, 1]. */
export interface Geometry {
  batch: number;
  height: number;
  width: number;
  inputs: number;
  outHeight: number;
  outWidth: number;
  outputs: number;
  windowHeight: number;
  windowWidth: number;
  stride: number;
  /** [top, bottom, left, right] */
  padding: Padding;
  /** Elements of input and output channels, and how many there are of each. */
  inType: 'vec4f' | 'f32';
  inVectors: number;
  outType: 'vec4f' | 'f32';
  outVectors: number;
}

/** A convolution, whatever else its node does. */
type Convolves = Pick<Tensor, 'inputs' | 'shape'> & {
  readonly attributes: { readonly stride: number; readonly padding: Padding };
};

export function geometryOf(node: Convolves): Geometry {
  const [x, w] = node.inputs;
  const { stride, padding } = node.attributes;
  const [batch, height, width, inputs] = x.shape;
  const [, outHeight, outWidth, outputs] = node.shape;
  const [windowHeight, windowWidth] = w.shape;
  const [inType, outType] = [vectorOf(inputs), vectorOf(outputs)];
  return {
    ...{ batch, height, width, inputs, outHeight, outWidth, outputs },
    ...{ windowHeight, windowWidth, stride, padding, inType, outType },
    inVectors: inputs / widthOf(inType),
    outVectors: outputs / widthOf(outType),
  };
}

/** As many on all sides, or each side's own. */
const sidesOf = ([first, ...others]: Padding): string =>
  others.every((side) => side === first) ? `${first}` : `[${[first, ...others]}]`;

/** Of the variants and of how they are measured: to be raised when either changes, so that what was measured before counts no more. */
export const VARIANTS_VERSION = 3;

/** Convolutions with the same key are the same work; `groups` of the norm that takes moments of the result, 0 for none. */
export const convolutionKey = (g: Geometry, groups: number): string =>
  [
    `conv2d, variants ${VARIANTS_VERSION}, ${g.batch} x ${g.height} x ${g.width} x ${g.inputs}`,
    `${g.windowHeight} x ${g.windowWidth} x ${g.outputs} / ${g.stride} + ${sidesOf(g.padding)}`,
    `moments ${groups}`,
  ].join(', ');

/** The gradient of a filter is the same work whatever reads the convolution. */
export const gradientKey = (g: Geometry): string => `${convolutionKey(g, 0)}, gradient of its filter`;

/** The largest of the sizes that divides a length. */
export const divisor = (length: number, ...sizes: number[]): number => sizes.find((size) => length % size === 0) ?? 1;

/** Components of a value of this element type. */
export const components = (value: string, type: 'vec4f' | 'f32'): string[] =>
  type === 'vec4f' ? ['x', 'y', 'z', 'w'].map((c) => `${value}.${c}`) : [value];

/** Inner product of two values of the same type. */
export const inner = (a: string, b: string, type: 'vec4f' | 'f32'): string =>
  type === 'vec4f' ? `dot(${a}, ${b})` : `${a} * ${b}`;
