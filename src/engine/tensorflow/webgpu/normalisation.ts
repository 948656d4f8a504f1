import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { exactly } from '../../exactly';
import { CHANNEL_MOMENTS, CHANNEL_NORM, CHANNEL_NORM_GRADIENT } from '../fused';
import { runShader } from './program';

// Batch norm in four passes forward and three back. As TensorFlow.js ops it takes some forty: a sum over all but the
// channels is a transpose of the activations, then one workgroup a channel. The recorded plan has kernels of its own.

/** Rows that one thread adds up; the sums of the parts are added up after that. */
const PART = 64;

interface Layout {
  groups: number;
  /** Rows of a group. */
  rows: number;
  /** Parts of a group. */
  parts: number;
  channels: number;
  /** Vectors of 4 channels. */
  vectors: number;
}

function layoutOf({ shape }: TensorInfo, groups: number): Layout {
  const channels = shape[shape.length - 1];
  if (channels % 4 !== 0) throw new Error(`batch norm: ${channels} channels, not fours`);
  const rows = shape.reduce((a, b) => a * b, 1) / channels / groups;
  return { groups, rows, parts: Math.ceil(rows / PART), channels, vectors: channels / 4 };
}

const keyOf = (kind: string, { groups, rows, channels }: Layout): string => `${kind} ${groups} ${rows} ${channels}`;
const vec4 = (tensor: TensorInfo) => ({ tensor, vector: 4 as const });

/** [groups, parts, sums, C]: sums over the rows of each part; `terms` are the summands of a row, in terms of `at`. */
function partSums(
  backend: WebGPUBackend,
  kind: string,
  layout: Layout,
  inputs: Record<string, TensorInfo>,
  terms: readonly string[],
  before = '',
): TensorInfo {
  const { groups, rows, parts, channels, vectors } = layout;
  return runShader(backend, {
    key: keyOf(kind, layout),
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, vec4(tensor)])),
    output: { shape: [groups, parts, terms.length, channels], vector: 4 },
    threads: groups * parts * vectors,
    body: `
      let c = thread % ${vectors};
      let part = thread / ${vectors} % ${parts};
      let group = thread / ${vectors * parts};
      ${before}
      ${terms.map((_, i) => `var sum${i} = vec4<f32>(0.0); var lost${i} = vec4<f32>(0.0);`).join('\n')}
      for (var row = part * ${PART}; row < min((part + 1) * ${PART}, ${rows}); row++) {
        let at = (group * ${rows} + row) * ${vectors} + c;
        ${terms.map((term, i) => exactly('vec4<f32>', `sum${i}`, `lost${i}`, term)).join('\n')}
      }
      ${terms.map((_, i) => `result[((group * ${parts} + part) * ${terms.length} + ${i}) * ${vectors} + c] = sum${i} + lost${i};`).join('\n')}`,
  });
}

/** [groups, parts, sums, C] -> [groups, sums, C], times `factor`. */
function wholeSums(backend: WebGPUBackend, layout: Layout, split: TensorInfo, factor: number): TensorInfo {
  const { groups, parts, channels, vectors } = layout;
  const sums = split.shape[2];
  const whole = runShader(backend, {
    key: `${keyOf('whole sums', layout)} ${sums} ${factor}`,
    inputs: { parts: vec4(split) },
    output: { shape: [groups, sums, channels], vector: 4 },
    threads: groups * sums * vectors,
    body: `
      let place = thread % ${sums * vectors};
      let group = thread / ${sums * vectors};
      var total = vec4<f32>(0.0);
      var lost = vec4<f32>(0.0);
      for (var part = 0; part < ${parts}; part++) {
        ${exactly('vec4<f32>', 'total', 'lost', `parts[(group * ${parts} + part) * ${sums * vectors} + place]`)}
      }
      result[thread] = (total + lost) * ${factor};`,
  });
  backend.disposeData(split.dataId);
  return whole;
}

const channelMoments = (
  backend: WebGPUBackend,
  { x }: Record<string, TensorInfo>,
  attributes: NamedAttrMap,
): TensorInfo => {
  const layout = layoutOf(x, attributes.groups as number);
  const { groups, rows, channels, vectors } = layout;
  const mean = wholeSums(backend, layout, partSums(backend, 'row sums', layout, { x }, ['x[at]']), 1 / rows);
  const load = `let mean = means[group * ${vectors} + c];`;
  const squares = partSums(
    backend,
    'square sums',
    layout,
    { x, means: mean },
    ['(x[at] - mean) * (x[at] - mean)'],
    load,
  );
  const variance = wholeSums(backend, layout, squares, 1 / rows);
  const both = runShader(backend, {
    key: keyOf('moments', layout),
    inputs: { means: vec4(mean), variances: vec4(variance) },
    output: { shape: [groups, 2, channels], vector: 4 },
    threads: groups * vectors,
    body: `
      let c = thread % ${vectors};
      let group = thread / ${vectors};
      result[2 * group * ${vectors} + c] = means[thread];
      result[(2 * group + 1) * ${vectors} + c] = variances[thread];`,
  });
  for (const { dataId } of [mean, variance]) backend.disposeData(dataId);
  return both;
};

/** Statements that give group, c, mean and s = sqrt(variance + epsilon) of the vector at index `thread` of x. */
const statistics = ({ rows, vectors }: Layout, epsilon: number): string => `
  let c = thread % ${vectors};
  let group = thread / ${rows * vectors};
  let mean = ofX[2 * group * ${vectors} + c];
  let deviation = sqrt(ofX[(2 * group + 1) * ${vectors} + c] + ${epsilon});`;

const channelNorm = (
  backend: WebGPUBackend,
  { x, ofX, gamma, beta }: Record<string, TensorInfo>,
  attributes: NamedAttrMap,
): TensorInfo => {
  const layout = layoutOf(x, ofX.shape[0]);
  const epsilon = attributes.epsilon as number;
  return runShader(backend, {
    key: `${keyOf('norm', layout)} ${epsilon}`,
    inputs: { x: vec4(x), ofX: vec4(ofX), gamma: vec4(gamma), beta: vec4(beta) },
    output: { shape: x.shape, vector: 4 },
    threads: layout.groups * layout.rows * layout.vectors,
    body: `${statistics(layout, epsilon)}
      result[thread] = (x[thread] - mean) * (gamma[c] / deviation) + beta[c];`,
  });
};

/** dx = gamma / s (dy - mean(dy) - (x - mean) mean(dy (x - mean)) / s^2); d beta and d gamma over all groups. */
const channelNormGradient = (
  backend: WebGPUBackend,
  { x, ofX, gamma, dy }: Record<string, TensorInfo>,
  attributes: NamedAttrMap,
): TensorInfo[] => {
  const layout = layoutOf(x, ofX.shape[0]);
  const { groups, rows, channels, vectors } = layout;
  const epsilon = attributes.epsilon as number;
  const load = `let mean = ofX[2 * group * ${vectors} + c];`;
  const split = partSums(backend, 'gradient sums', layout, { x, dy, ofX }, ['dy[at]', 'dy[at] * (x[at] - mean)'], load);
  const sums = wholeSums(backend, layout, split, 1); // [groups, 2, C]
  const dx = runShader(backend, {
    key: `${keyOf('norm gradient', layout)} ${epsilon}`,
    inputs: { x: vec4(x), ofX: vec4(ofX), gamma: vec4(gamma), dy: vec4(dy), sums: vec4(sums) },
    output: { shape: x.shape, vector: 4 },
    threads: groups * rows * vectors,
    body: `${statistics(layout, epsilon)}
      let level = sums[2 * group * ${vectors} + c] / ${rows}.0;
      let tilt = sums[(2 * group + 1) * ${vectors} + c] / ${rows}.0 / (deviation * deviation);
      result[thread] = (dy[thread] - level - (x[thread] - mean) * tilt) * (gamma[c] / deviation);`,
  });
  const ofWeights = runShader(backend, {
    key: `${keyOf('gradients of gamma and beta', layout)} ${epsilon}`,
    inputs: { sums: vec4(sums), ofX: vec4(ofX) },
    output: { shape: [2, channels], vector: 4 },
    threads: vectors,
    body: `
      var beta = vec4<f32>(0.0);
      var gamma = vec4<f32>(0.0);
      for (var group = 0; group < ${groups}; group++) {
        beta += sums[2 * group * ${vectors} + thread];
        let at = (2 * group + 1) * ${vectors} + thread;
        gamma += sums[at] / sqrt(ofX[at] + ${epsilon});
      }
      result[thread] = beta;
      result[${vectors} + thread] = gamma;`,
  });
  backend.disposeData(sums.dataId);
  return [dx, ofWeights];
};

type Run = (
  backend: WebGPUBackend,
  inputs: Record<string, TensorInfo>,
  attributes: NamedAttrMap,
) => TensorInfo | TensorInfo[];

const kernel = (kernelName: string, run: Run): KernelConfig => ({
  kernelName,
  backendName: 'webgpu',
  kernelFunc: ({ inputs, backend, attrs }) =>
    run(backend as WebGPUBackend, inputs as Record<string, TensorInfo>, attrs ?? {}),
});

export const normalisationKernels: readonly KernelConfig[] = [
  kernel(CHANNEL_MOMENTS, channelMoments),
  kernel(CHANNEL_NORM, channelNorm),
  kernel(CHANNEL_NORM_GRADIENT, channelNormGradient),
];
