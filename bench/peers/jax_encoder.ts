import { lax, nn, numpy as np } from '@jax-js/jax';
import type { ResNetShape } from '../../src/learn/backbones/resnet';

const EPSILON = 1e-5;
const RUNNING_MOMENTUM = 0.1;

/** By torchvision's names. */
export type JaxWeights = Record<string, np.Array>;

/** How a norm runs, and where its new running statistics go. */
type Normalise = (name: string, x: np.Array) => np.Array;

/** [N, 3, S, S] -> [N, C] and the running statistics after it. Takes the weights. */
export function project(
  weights: JaxWeights,
  pictures: np.Array,
  shape: ResNetShape,
): { projection: np.Array; statistics: JaxWeights } {
  const statistics: JaxWeights = {};
  const follow = (name: string, seen: np.Array) => {
    const old = lax.stopGradient(weights[name]);
    statistics[name] = old.mul(1 - RUNNING_MOMENTUM).add(lax.stopGradient(seen).mul(RUNNING_MOMENTUM));
  };
  const byBatch: Normalise = (name, x) => {
    const [n, channels, height, width] = x.shape;
    const count = n * height * width;
    const mean = x.ref.mean([0, 2, 3], { keepdims: true });
    const centred = x.sub(mean.ref);
    const variance = np.square(centred.ref).mean([0, 2, 3], { keepdims: true });
    follow(`${name}.running_mean`, mean.reshape([channels]));
    follow(`${name}.running_var`, variance.ref.reshape([channels]).mul(count / (count - 1)));
    return affine(weights, name, centred.div(np.sqrt(variance.add(EPSILON))));
  };
  const embedding = backbone(weights, pictures, shape, byBatch);
  const projection = np.dot(embedding, weights['fc.weight']).add(weights['fc.bias']);
  return { projection, statistics };
}

/** [N, 3, S, S] -> [N, D], norms by the running statistics. Takes the weights. */
export function embed(weights: JaxWeights, pictures: np.Array, shape: ResNetShape): np.Array {
  const byHistory: Normalise = (name, x) => {
    const [mean, variance] = ['running_mean', 'running_var'].map((part) => perChannel(weights[`${name}.${part}`]));
    return affine(weights, name, x.sub(mean).div(np.sqrt(variance.add(EPSILON))));
  };
  weights['fc.weight'].dispose();
  weights['fc.bias'].dispose();
  return backbone(weights, pictures, shape, byHistory);
}

/** Rows of unit length. */
export const unitRows = (x: np.Array): np.Array =>
  x.ref.div(np.maximum(np.sqrt(np.square(x).sum(1, { keepdims: true })), 1e-12));

const perChannel = (x: np.Array): np.Array => x.reshape([x.shape[0], 1, 1]);

const affine = (weights: JaxWeights, name: string, x: np.Array): np.Array =>
  x.mul(perChannel(weights[`${name}.weight`])).add(perChannel(weights[`${name}.bias`]));

function backbone(weights: JaxWeights, pictures: np.Array, shape: ResNetShape, normalise: Normalise): np.Array {
  const convolve = (name: string, x: np.Array, stride: number): np.Array => {
    const weight = weights[`${name}.weight`];
    const margin = (weight.shape[2] - 1) / 2;
    const padding: [number, number][] = [
      [margin, margin],
      [margin, margin],
    ];
    return lax.convGeneralDilated(x, weight, [stride, stride], padding);
  };
  const block = (name: string, x: np.Array, stride: number): np.Array => {
    const inner = nn.relu(normalise(`${name}.bn1`, convolve(`${name}.conv1`, x.ref, stride)));
    const change = normalise(`${name}.bn2`, convolve(`${name}.conv2`, inner, 1));
    const changes = `${name}.downsample.0.weight` in weights;
    const shortcut = changes ? normalise(`${name}.downsample.1`, convolve(`${name}.downsample.0`, x, stride)) : x;
    return nn.relu(change.add(shortcut));
  };
  const cifar = shape.stem === 'cifar';
  let x = nn.relu(normalise('bn1', convolve('conv1', pictures, cifar ? 1 : 2)));
  if (!cifar) x = maxPool(x);
  shape.blocks.forEach((count, stage) => {
    for (let j = 0; j < count; j++) x = block(`layer${stage + 1}.${j}`, x, stage > 0 && j === 0 ? 2 : 1);
  });
  return x.mean([2, 3]);
}

/** 3 x 3 / 2. Zeros around values that a ReLU let through never win. */
function maxPool(x: np.Array): np.Array {
  const padded = np.pad(x, [
    [0, 0],
    [0, 0],
    [1, 1],
    [1, 1],
  ]);
  return lax.reduceWindow(padded, (window) => np.max(window), [3, 3], [2, 2]);
}
