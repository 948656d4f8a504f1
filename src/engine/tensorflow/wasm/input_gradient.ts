import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
  Conv2DBackpropInput,
  conv2d,
  engine,
  type KernelFunc,
  reshape,
  slice,
  type Tensor,
  type Tensor4D,
  type TensorInfo,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { convolutionGeometry, type Geometry } from '../geometry';

// tfjs-backend-wasm 4.22 has this kernel in scalar loops on one thread: 30 times the time of its forward convolution
// (XNNPACK). The gradient is itself a convolution, of dy, so it is given to the forward kernel.
// To be deleted if a release of TensorFlow.js does the same.

/**
 * dx at row s a + r (r its remainder) is the sum of dy at row a + d times the weights' row r + p - s d, over all d for
 * which there is one; columns alike. So one convolution of dy without stride gives all s s remainders side by side as
 * channels, with d counting its taps, and interleaving them gives dx.
 */
function taps(window: number, padding: number, stride: number) {
  const first = Math.ceil((padding - window + 1) / stride);
  return { first, count: Math.floor((stride - 1 + padding) / stride) - first + 1 };
}

/** The taps along one dimension: the first d, and how many. */
type Taps = ReturnType<typeof taps>;

/** Weights [h, w, I, O] -> [taps, taps, O, s s I], zero where a remainder has no weight under that tap. */
function byRemainder(g: Geometry, weights: Float32Array, along: { rows: Taps; columns: Taps }): Float32Array {
  const { strideHeight: s, filterHeight, filterWidth, inChannels: inner, outChannels: outer } = g;
  const filter = new Float32Array(along.rows.count * along.columns.count * outer * s * s * inner);
  const under = (tap: number, remainder: number, padding: number) => remainder + padding - s * tap;
  let at = 0;
  for (let row = 0; row < along.rows.count; row++)
    for (let column = 0; column < along.columns.count; column++)
      for (let o = 0; o < outer; o++)
        for (let down = 0; down < s; down++)
          for (let right = 0; right < s; right++, at += inner) {
            const y = under(row + along.rows.first, down, g.padInfo.top);
            const x = under(column + along.columns.first, right, g.padInfo.left);
            if (y < 0 || y >= filterHeight || x < 0 || x >= filterWidth) continue;
            const from = (y * filterWidth + x) * inner * outer + o;
            for (let i = 0; i < inner; i++) filter[at + i] = weights[from + i * outer];
          }
  return filter;
}

function inputSlope(g: Geometry, dy: Tensor4D, weights: Float32Array): Tensor {
  const { strideHeight: s, batchSize, inHeight, inWidth, inChannels, outChannels } = g;
  if (s !== g.strideWidth) throw new Error(`${Conv2DBackpropInput}: the same stride both ways only`);
  const down = taps(g.filterHeight, g.padInfo.top, s);
  const across = taps(g.filterWidth, g.padInfo.left, s);
  const [rows, columns] = [Math.ceil(inHeight / s), Math.ceil(inWidth / s)];
  const zeros = ({ first, count }: Taps, places: number, given: number): [number, number] => [
    -first,
    Math.max(0, places + count + first - 1 - given),
  ];
  const padding: [number, number][] = [
    [0, 0],
    zeros(down, rows, g.outHeight),
    zeros(across, columns, g.outWidth),
    [0, 0],
  ];
  const filter = engine().makeTensor(
    byRemainder(g, weights, { rows: down, columns: across }),
    [down.count, across.count, outChannels, s * s * inChannels],
    'float32',
  ) as Tensor4D;
  const made = conv2d(dy, filter, 1, padding as Parameters<typeof conv2d>[3]);
  const side = slice(made, [0, 0, 0, 0], [batchSize, rows, columns, s * s * inChannels]);
  const interleaved = transpose(reshape(side, [batchSize * rows, columns, s, s * inChannels]), [0, 2, 1, 3]);
  const whole = reshape(interleaved, [batchSize, rows * s, columns * s, inChannels]);
  return slice(whole, [0, 0, 0, 0], g.inShape);
}

export const inputGradient: KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const { dy, filter } = inputs as { dy: Tensor4D; filter: TensorInfo };
  const g = convolutionGeometry(attrs, attrs.inputShape as number[], filter.shape);
  const weights = (backend as BackendWasm).typedArrayFromHeap(filter) as Float32Array;
  return tidy(() => inputSlope(g, dy, weights));
};
