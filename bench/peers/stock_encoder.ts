import * as tf from '@tensorflow/tfjs-core';
import type { NamedArray } from '../../src/core/records';
import type { ResNetShape } from '../../src/learn/backbones/resnet';

const EPSILON = 1e-5;
const RUNNING_MOMENTUM = 0.1;

/** A ResNet of basic blocks with a linear head, in stock TensorFlow.js: the graph of src/learn once more. */
export class StockEncoder {
  private readonly weights: ReadonlyMap<string, tf.Variable>;
  private training = true;

  constructor(
    trainable: boolean,
    private readonly shape: ResNetShape,
    weights: Readonly<Record<string, NamedArray>>,
  ) {
    const variable = ({ shape, data }: NamedArray) => tf.variable(tf.tensor(data, [...shape]), trainable);
    this.weights = new Map(Object.entries(weights).map(([name, values]) => [name, variable(values)]));
  }

  weight(name: string): tf.Variable {
    const found = this.weights.get(name);
    if (!found) throw new Error(`StockEncoder: nothing is called '${name}'`);
    return found;
  }

  /** [N, S, S, 3] -> [N, C], norms by the batch's statistics. */
  project(pictures: tf.Tensor4D): tf.Tensor2D {
    this.training = true;
    const embedding = this.backbone(pictures);
    return tf.add(tf.matMul(embedding, this.weight('fc.weight') as tf.Tensor2D), this.weight('fc.bias'));
  }

  /** [N, S, S, 3] -> [N, D], norms by the running statistics. */
  embed(pictures: tf.Tensor4D): tf.Tensor2D {
    this.training = false;
    return this.backbone(pictures);
  }

  private backbone(pictures: tf.Tensor4D): tf.Tensor2D {
    const cifar = this.shape.stem === 'cifar';
    let x = tf.relu(this.normalise('bn1', this.convolve('conv1', pictures, cifar ? 1 : 2)));
    if (!cifar) x = tf.maxPool(x, 3, 2, 1);
    this.shape.blocks.forEach((count, stage) => {
      for (let j = 0; j < count; j++) x = this.block(`layer${stage + 1}.${j}`, x, stage > 0 && j === 0 ? 2 : 1);
    });
    return tf.mean(x, [1, 2]);
  }

  private block(name: string, x: tf.Tensor4D, stride: number): tf.Tensor4D {
    const inner = tf.relu(this.normalise(`${name}.bn1`, this.convolve(`${name}.conv1`, x, stride)));
    const change = this.normalise(`${name}.bn2`, this.convolve(`${name}.conv2`, inner, 1));
    const shortcut = this.weights.has(`${name}.downsample.0.weight`)
      ? this.normalise(`${name}.downsample.1`, this.convolve(`${name}.downsample.0`, x, stride))
      : x;
    return tf.relu(tf.add(change, shortcut));
  }

  private convolve(name: string, x: tf.Tensor4D, stride: number): tf.Tensor4D {
    const weight = this.weight(`${name}.weight`) as tf.Tensor4D;
    return tf.conv2d(x, weight, stride, (weight.shape[0] - 1) / 2);
  }

  private normalise(name: string, x: tf.Tensor4D): tf.Tensor4D {
    const [gamma, beta, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(
      (part) => this.weight(`${name}.${part}`) as unknown as tf.Tensor1D,
    );
    if (!this.training) return tf.batchNorm4d(x, mean, variance, beta, gamma, EPSILON);
    const ofX = tf.moments(x, [0, 1, 2]);
    const count = x.size / x.shape[3];
    this.follow(`${name}.running_mean`, ofX.mean);
    this.follow(`${name}.running_var`, tf.mul(ofX.variance, count / (count - 1)));
    return tf.batchNorm4d(x, ofX.mean as tf.Tensor1D, ofX.variance as tf.Tensor1D, beta, gamma, EPSILON);
  }

  private follow(name: string, seen: tf.Tensor): void {
    const old = this.weight(name);
    old.assign(tf.add(tf.mul(old, 1 - RUNNING_MOMENTUM), tf.mul(seen, RUNNING_MOMENTUM)));
  }
}
