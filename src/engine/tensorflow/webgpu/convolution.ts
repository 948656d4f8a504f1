import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { Conv2D, Conv2DBackpropFilter, Conv2DBackpropInput, type TensorInfo } from '@tensorflow/tfjs-core';
import { exactly } from '../../exactly';
import { convolutionGeometry, type Geometry } from '../geometry';
import { type StockKernel, wrapped } from '../override';
import { runShader } from './program';

// TensorFlow.js 4.22 adds up all products of a convolution in one chain of single-precision sums, and its filter gradient
// has one thread a weight for the whole batch. Here four products are added at a time, and what rounding takes off their
// sum is kept (Knuth 1969, TwoSum): the signs of values near 0, on which parity with PyTorch hangs, come out as in double.
// The recorded plan has kernels of its own; these are to be deleted if TensorFlow.js sums in parts.

/** Neighbouring places that one thread computes: each weight it loads is used that often. */
const TILE = 4;

const tiled = (size: number): number => Math.ceil(size / TILE);
const each = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const square = ({ filterHeight, filterWidth, strideHeight, strideWidth, padInfo }: Geometry): string =>
  [filterHeight, filterWidth, strideHeight, strideWidth, padInfo.top, padInfo.left].join(' ');
const keyOf = (kind: string, g: Geometry): string => `${kind} ${g.inShape} ${g.outShape} ${square(g)}`;

/** Channels of x in vectors of 4 where they divide, else one by one. */
const vectorOf = (channels: number): 1 | 4 => (channels % 4 === 0 ? 4 : 1);

/** [N, H', W', O / 4] in tiles of 4 columns: y += x[i] w[i, o]. */
function forward(backend: WebGPUBackend, g: Geometry, x: TensorInfo, weights: TensorInfo): TensorInfo {
  const [outer, vector] = [g.outChannels / 4, vectorOf(g.inChannels)];
  const inner = g.inChannels / vector;
  const columns = tiled(g.outWidth);
  const product = vector === 4 ? '(value.x * w0 + value.y * w1) + (value.z * w2 + value.w * w3)' : 'value * w0';
  return runShader(backend, {
    key: keyOf('forward', g),
    inputs: { x: { tensor: x, vector }, w: { tensor: weights, vector: 4 } },
    output: { shape: g.outShape, vector: 4 },
    threads: g.batchSize * g.outHeight * columns * outer,
    body: `
      let o = thread % ${outer};
      let first = (thread / ${outer}) % ${columns} * ${TILE};
      let row = thread / ${outer * columns} % ${g.outHeight};
      let n = thread / ${outer * columns * g.outHeight};
      var total = array<vec4<f32>, ${TILE}>();
      var lost = array<vec4<f32>, ${TILE}>();
      for (var ky = 0; ky < ${g.filterHeight}; ky++) {
        let y = row * ${g.strideHeight} + ky - ${g.padInfo.top};
        if (y < 0 || y >= ${g.inHeight}) { continue; }
        for (var kx = 0; kx < ${g.filterWidth}; kx++) {
          for (var i = 0; i < ${inner}; i++) {
            let at = ((ky * ${g.filterWidth} + kx) * ${g.inChannels} + i * ${vector}) * ${outer} + o;
            ${each(vector, (lane) => `let w${lane} = w[at + ${lane * outer}];`)}
            for (var t = 0; t < ${TILE}; t++) {
              let column = (first + t) * ${g.strideWidth} + kx - ${g.padInfo.left};
              if (column < 0 || column >= ${g.inWidth}) { continue; }
              let value = x[((n * ${g.inHeight} + y) * ${g.inWidth} + column) * ${inner} + i];
              ${exactly('vec4<f32>', 'total[t]', 'lost[t]', product)}
            }
          }
        }
      }
      for (var t = 0; t < ${TILE} && first + t < ${g.outWidth}; t++) {
        result[((n * ${g.outHeight} + row) * ${g.outWidth} + first + t) * ${outer} + o] = total[t] + lost[t];
      }`,
  });
}

/**
 * [N, H, W, I] in tiles of 4 columns a stride apart, which have the same taps: dx[i] += dy[o] w[i, o], as dot products,
 * so that the weights need no transpose.
 */
function inputGradient(backend: WebGPUBackend, g: Geometry, dy: TensorInfo, weights: TensorInfo): TensorInfo {
  const [outer, vector] = [g.outChannels / 4, vectorOf(g.inChannels)];
  const inner = g.inChannels / vector;
  const stride = g.strideWidth;
  const columns = Math.ceil(g.inWidth / (TILE * stride)) * stride;
  const dots = Array.from({ length: vector }, (_, lane) => `dot(gradient, w${lane})`).join(', ');
  const type = vector === 4 ? 'vec4<f32>' : 'f32';
  return runShader(backend, {
    key: keyOf('input gradient', g),
    inputs: { dy: { tensor: dy, vector: 4 }, w: { tensor: weights, vector: 4 } },
    output: { shape: g.inShape, vector },
    threads: g.batchSize * g.inHeight * columns * inner,
    body: `
      let i = thread % ${inner};
      let tile = thread / ${inner} % ${columns};
      let first = tile / ${stride} * ${TILE * stride} + tile % ${stride};
      let y = thread / ${inner * columns} % ${g.inHeight};
      let n = thread / ${inner * columns * g.inHeight};
      var total = array<${type}, ${TILE}>();
      var lost = array<${type}, ${TILE}>();
      for (var ky = 0; ky < ${g.filterHeight}; ky++) {
        let down = y + ${g.padInfo.top} - ky;
        let row = down / ${g.strideHeight};
        if (down < 0 || down % ${g.strideHeight} != 0 || row >= ${g.outHeight}) { continue; }
        for (var kx = 0; kx < ${g.filterWidth}; kx++) {
          let right = first + ${g.padInfo.left} - kx;
          if ((right + ${stride * g.filterWidth}) % ${stride} != 0) { continue; }
          for (var o = 0; o < ${outer}; o++) {
            let at = ((ky * ${g.filterWidth} + kx) * ${g.inChannels} + i * ${vector}) * ${outer} + o;
            ${each(vector, (lane) => `let w${lane} = w[at + ${lane * outer}];`)}
            for (var t = 0; t < ${TILE}; t++) {
              let step = right + t * ${stride};
              if (step < 0 || step / ${stride} >= ${g.outWidth}) { continue; }
              let gradient = dy[((n * ${g.outHeight} + row) * ${g.outWidth} + step / ${stride}) * ${outer} + o];
              ${exactly(type, 'total[t]', 'lost[t]', vector === 4 ? `vec4<f32>(${dots})` : dots)}
            }
          }
        }
      }
      for (var t = 0; t < ${TILE} && first + t * ${stride} < ${g.inWidth}; t++) {
        result[((n * ${g.inHeight} + y) * ${g.inWidth} + first + t * ${stride}) * ${inner} + i] = total[t] + lost[t];
      }`,
  });
}

/** Most floats that the parts of a filter gradient take up together. */
const PARTS_LIMIT = 2 ** 22;

/** dw[i, o] += x[i] dy[o]: parts of the batch side by side, [parts, k, k, I, O], then their sum. */
function filterGradient(backend: WebGPUBackend, g: Geometry, x: TensorInfo, dy: TensorInfo): TensorInfo {
  const [outer, vector] = [g.outChannels / 4, vectorOf(g.inChannels)];
  const inner = g.inChannels / vector;
  const taps = g.filterHeight * g.filterWidth;
  const weights = taps * g.inChannels * g.outChannels;
  const parts = Math.max(1, Math.min(g.batchSize, Math.floor(PARTS_LIMIT / weights)));
  const pictures = Math.ceil(g.batchSize / parts);
  const lanes = (line: (lane: number) => string) => each(vector, line);
  const split = runShader(backend, {
    key: `${keyOf('filter gradient', g)} ${parts}`,
    inputs: { x: { tensor: x, vector }, dy: { tensor: dy, vector: 4 } },
    output: { shape: [parts, weights], vector: 4 },
    threads: parts * taps * inner * outer,
    body: `
      let o = thread % ${outer};
      let i = thread / ${outer} % ${inner};
      let tap = thread / ${outer * inner} % ${taps};
      let part = thread / ${outer * inner * taps};
      let down = tap / ${g.filterWidth} - ${g.padInfo.top};
      let right = tap % ${g.filterWidth} - ${g.padInfo.left};
      var total = array<vec4<f32>, ${vector}>();
      for (var n = part * ${pictures}; n < min((part + 1) * ${pictures}, ${g.batchSize}); n++) {
        for (var row = 0; row < ${g.outHeight}; row++) {
          let y = row * ${g.strideHeight} + down;
          if (y < 0 || y >= ${g.inHeight}) { continue; }
          var sum = array<vec4<f32>, ${vector}>();
          for (var column = 0; column < ${g.outWidth}; column++) {
            let place = column * ${g.strideWidth} + right;
            if (place < 0 || place >= ${g.inWidth}) { continue; }
            let value = x[((n * ${g.inHeight} + y) * ${g.inWidth} + place) * ${inner} + i];
            let gradient = dy[((n * ${g.outHeight} + row) * ${g.outWidth} + column) * ${outer} + o];
            ${lanes((lane) => `sum[${lane}] += value${vector === 4 ? `[${lane}]` : ''} * gradient;`)}
          }
          ${lanes((lane) => `total[${lane}] += sum[${lane}];`)}
        }
      }
      let at = ((part * ${taps} + tap) * ${g.inChannels} + i * ${vector}) * ${outer} + o;
      ${lanes((lane) => `result[at + ${lane * outer}] = total[${lane}];`)}`,
  });
  const whole = runShader(backend, {
    key: `sum of ${parts} parts of ${weights}`,
    inputs: { parts: { tensor: split, vector: 4 } },
    output: { shape: g.filterShape, vector: 4 },
    threads: weights / 4,
    body: `
      var total = vec4<f32>(0.0);
      for (var part = 0; part < ${parts}; part++) { total += parts[part * ${weights / 4} + thread]; }
      result[thread] = total;`,
  });
  backend.disposeData(split.dataId);
  return whole;
}

type Run = (backend: WebGPUBackend, g: Geometry, first: TensorInfo, second: TensorInfo) => TensorInfo;

/** Ours where output channels come in fours and there is no dilation, else TensorFlow.js's own. */
function kernel(
  kernelName: string,
  operands: readonly [string, string],
  shapes: (
    inputs: Record<string, TensorInfo>,
    attributes: Record<string, unknown>,
  ) => [readonly number[], readonly number[]],
  run: Run,
) {
  return wrapped(
    kernelName,
    'webgpu',
    (stock: StockKernel): StockKernel =>
      (parameters) => {
        const inputs = parameters.inputs as Record<string, TensorInfo>;
        const attributes = parameters.attrs ?? {};
        const g = convolutionGeometry(attributes, ...shapes(inputs, attributes));
        if (g.outChannels % 4 !== 0 || g.dilationHeight !== 1 || g.dilationWidth !== 1) return stock(parameters);
        const [first, second] = operands.map((name) => inputs[name]);
        return run(parameters.backend as WebGPUBackend, g, first, second);
      },
  );
}

export const convolutionKernels = () => [
  kernel(Conv2D, ['x', 'filter'], ({ x, filter }) => [x.shape, filter.shape], forward),
  kernel(
    Conv2DBackpropInput,
    ['dy', 'filter'],
    ({ filter }, { inputShape }) => [inputShape as number[], filter.shape],
    inputGradient,
  ),
  kernel(
    Conv2DBackpropFilter,
    ['x', 'dy'],
    ({ x }, { filterShape }) => [x.shape, filterShape as number[]],
    filterGradient,
  ),
];
