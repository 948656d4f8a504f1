import type { Padding, Shape } from '../../../graph/tensor';
import { vectorOf, widthOf } from '../lower/lowering';
import { each } from './each';

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
interface Convolves {
  readonly inputs: readonly { readonly shape: Shape }[];
  readonly shape: Shape;
  readonly attributes: { readonly stride: number; readonly padding: Padding };
}

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
export const VARIANTS_VERSION = 4;

/** Convolutions with the same key are the same work. */
export const convolutionKey = (g: Geometry): string =>
  [
    `conv2d, variants ${VARIANTS_VERSION}, ${g.batch} x ${g.height} x ${g.width} x ${g.inputs}`,
    `${g.windowHeight} x ${g.windowWidth} x ${g.outputs} / ${g.stride} + ${sidesOf(g.padding)}`,
  ].join(', ');

/** The gradient of a filter is the same work whatever reads the convolution. */
export const gradientKey = (g: Geometry): string => `${convolutionKey(g)}, gradient of its filter`;

/** The largest of the sizes that divides a length. */
export const divisor = (length: number, ...sizes: number[]): number => sizes.find((size) => length % size === 0) ?? 1;

/** Components of a value of this element type. */
export const components = (value: string, type: 'vec4f' | 'f32'): string[] =>
  type === 'vec4f' ? ['x', 'y', 'z', 'w'].map((c) => `${value}.${c}`) : [value];

/** vec4 of all that a window sees, [windowHeight, windowWidth, inputs] in one run. */
export const vectorsOfWindow = ({ windowHeight, windowWidth, inputs }: Geometry): number =>
  Math.ceil((windowHeight * windowWidth * inputs) / 4);

/** Statements that give `value` what the window of an output's pixel sees at its k-th vec4, zero where there is nothing. */
export function loadWindow(g: Geometry, pixel: string, k: string): string {
  const [above, , before] = g.padding;
  const one = (m: string, target: string) => `
    let tap = ${m} / ${g.inVectors};
    let y_in = ${pixel} / ${g.outWidth} % ${g.outHeight} * ${g.stride} + tap / ${g.windowWidth} - ${above};
    let x_in = ${pixel} % ${g.outWidth} * ${g.stride} + tap % ${g.windowWidth} - ${before};
    if (y_in >= 0 && y_in < ${g.height} && x_in >= 0 && x_in < ${g.width}) {
      let line = ${pixel} / ${g.outWidth * g.outHeight} * ${g.height} + y_in;
      ${target} = load_x((line * ${g.width} + x_in) * ${g.inVectors} + ${m} % ${g.inVectors});
    }`;
  if (g.inType === 'vec4f') return one(k, 'value');
  const end = g.windowHeight * g.windowWidth * g.inputs;
  return each(4, (j) => `if (4 * ${k} + ${j} < ${end}) { ${one(`(4 * ${k} + ${j})`, `value[${j}]`)} }`);
}
