import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { CONVOLVE_FROZEN, FROZEN_NORM, FROZEN_NORM_GRADIENT } from '../fused';
import { convolutionGeometry } from '../geometry';
import { FINISH, gradientsOf, normaliseRows, normGradientRows, Vectors } from './channels';
import { forward } from './convolution';
import { depthwiseForward } from './depthwise';
import { addressOf } from './linked';
import type { Finish } from './product';

// Norms by fixed statistics in one pass, with what follows them, and in the convolution before them. As TensorFlow.js ops
// each is four passes over the activations.

type Inputs = Record<string, TensorInfo>;

const rowsOf = (wasm: BackendWasm, x: TensorInfo) => {
  const channels = x.shape[x.shape.length - 1];
  return { address: addressOf(wasm, x), rows: x.shape.reduce((a, b) => a * b, 1) / channels, channels };
};

/** gamma / sqrt(variance + epsilon), in vectors that the caller disposes of. */
function gainOf(wasm: BackendWasm, { variance, gamma }: Inputs, epsilon: number): Vectors {
  const channels = gamma.shape[0];
  const vectors = new Vectors(wasm, 1, channels);
  const [variances, gammas] = [variance, gamma].map((tensor) => wasm.typedArrayFromHeap(tensor));
  const gain = vectors.vector(0);
  for (let c = 0; c < channels; c++) gain[c] = gammas[c] / Math.sqrt(variances[c] + epsilon);
  return vectors;
}

function finishOf(
  wasm: BackendWasm,
  { mean, beta, residual }: Inputs,
  gain: Vectors,
  { activation }: NamedAttrMap,
): Finish {
  const relu = activation === 'relu6' ? FINISH.relu6 : activation === 'relu' ? FINISH.relu : 0;
  return {
    flags: FINISH.norm | (residual ? FINISH.residual : 0) | relu,
    mean: addressOf(wasm, mean),
    gain: gain.at(0),
    beta: addressOf(wasm, beta),
    residual: residual ? addressOf(wasm, residual) : 0,
  };
}

const frozenNorm: KernelConfig = {
  kernelName: FROZEN_NORM,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs = {} }) => {
    const [wasm, given] = [backend as BackendWasm, inputs as Inputs];
    const y = wasm.makeOutput(given.x.shape, 'float32');
    const gain = gainOf(wasm, given, attrs.epsilon as number);
    normaliseRows(wasm, rowsOf(wasm, given.x), addressOf(wasm, y), finishOf(wasm, given, gain, attrs));
    gain.dispose();
    return y;
  },
};

const convolveFrozen: KernelConfig = {
  kernelName: CONVOLVE_FROZEN,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs = {} }) => {
    const [wasm, given] = [backend as BackendWasm, inputs as Inputs];
    const depthwise = attrs.convolution === 'depthwiseConv2d';
    const g = convolutionGeometry(attrs, given.x.shape, given.filter.shape, depthwise);
    const gain = gainOf(wasm, given, attrs.epsilon as number);
    const finish = finishOf(wasm, given, gain, attrs);
    const y = (depthwise ? depthwiseForward : forward)(wasm, g, given.x, given.filter, finish);
    gain.dispose();
    return y;
  },
};

/** dx = dy gain; d beta and d gamma from the sums of dy and dy (x - mean). */
const frozenNormGradient: KernelConfig = {
  kernelName: FROZEN_NORM_GRADIENT,
  backendName: 'wasm',
  kernelFunc: ({ inputs, backend, attrs = {} }) => {
    const [wasm, given] = [backend as BackendWasm, inputs as Inputs];
    const { x, dy, mean, variance } = given;
    const channels = mean.shape[0];
    const dx = wasm.makeOutput(x.shape, 'float32');
    const gain = gainOf(wasm, given, attrs.epsilon as number);
    normGradientRows(wasm, rowsOf(wasm, dy), addressOf(wasm, dx), gain.at(0));
    gain.dispose();
    if (!attrs.sums) return [dx];
    const along = gradientsOf(wasm, rowsOf(wasm, x), addressOf(wasm, mean), addressOf(wasm, dy));
    const sums = wasm.makeOutput([2, channels], 'float32');
    const variances = wasm.typedArrayFromHeap(variance);
    for (let c = 0; c < channels; c++) along[channels + c] /= Math.sqrt(variances[c] + (attrs.epsilon as number));
    (wasm.typedArrayFromHeap(sums) as Float32Array).set(along);
    return [dx, sums];
  },
};

export const frozenNormKernels: readonly KernelConfig[] = [frozenNorm, convolveFrozen, frozenNormGradient];
