import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core';

export type Geometry = backend_util.Conv2DInfo;
export type Shape4 = [number, number, number, number];

/** All sizes of a convolution, from the attributes that TensorFlow.js gives its kernels; depthwise: of filters [h, w, C, 1]. */
export function convolutionGeometry(
  attributes: NamedAttrMap,
  x: readonly number[],
  filter: readonly number[],
  depthwise = false,
): Geometry {
  const { strides, pad, dilations } = attributes as {
    strides: [number, number];
    pad: number | backend_util.ExplicitPadding;
    dilations?: number;
  };
  const [pictures, window] = [[...x] as Shape4, [...filter] as Shape4];
  return backend_util.computeConv2DInfo(pictures, window, strides, dilations ?? 1, pad, undefined, depthwise);
}
